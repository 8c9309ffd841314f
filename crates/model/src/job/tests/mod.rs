//! The contract's rules, told by documents as clients write them.

mod answer;
mod faults;
mod hostile;
mod requests;

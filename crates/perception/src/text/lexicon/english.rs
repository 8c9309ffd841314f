//! English.

use super::Language;

#[rustfmt::skip]
pub(super) const ENGLISH: Language = Language {
    common: &[
        "the", "a", "an", "and", "or", "but", "so", "if", "then", "than", "that", "this", "these", "those",
        "there", "here", "of", "in", "on", "at", "by", "for", "with", "from", "to", "into", "out", "up", "down",
        "over", "about", "as", "is", "am", "are", "was", "were", "be", "been", "being", "do", "does", "did",
        "have", "has", "had", "will", "would", "can", "could", "should", "may", "might", "must", "shall", "not",
        "no", "yes", "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "my", "your",
        "his", "its", "our", "their", "what", "which", "who", "when", "where", "why", "how", "all", "any", "some",
        "more", "most", "other", "one", "very", "just", "also", "only", "well", "oh", "i'm", "it's", "that's",
        "don't", "isn't", "you're", "we're", "he's", "she's", "they're", "i've", "we've", "let's",
    ],
    strong: &[
        // Extremes
        "never", "nobody", "everything", "everybody", "everyone", "anyone", "forever", "ever seen", "ever made", "ever happened", "than ever", "best", "worst",
        "greatest", "biggest", "fastest", "strongest", "highest", "deepest", "darkest", "happiest", "saddest",
        "hardest", "bravest", "youngest", "finally", "suddenly", "no one", "first time", "last second",
        "last minute", "last chance", "at last", "of all time", "in the world", "in my life", "of my life",
        "of our lives", "changed my life", "saved my life", "changes everything", "changed everything",
        "happened next", "too late", "only chance",
        // Disbelief
        "believ*", "unbeliev*", "incredib*", "amazing*", "astonish*", "extraordinar*", "impossib*", "unimagin*",
        "unthinkable", "unforgett*", "wonder", "wonderful", "miracl*", "miracul*", "surpris*", "shock*", "stunn*",
        "crazy", "insane", "wow", "no way", "oh my god", "my god", "thank god", "god", "hell", "damn", "genius",
        "magic", "magical", "perfect", "beautiful*",
        // Life and death
        "die", "dies", "died", "dying", "dead", "deadly", "death", "alive", "kill", "kills", "killed", "killing",
        "killer", "murder*", "suicide", "funeral", "blood", "bleeding", "born", "baby", "babies", "life", "cancer",
        "coma", "accident*", "surviv*", "rescu*", "escap*", "trapped", "drown*", "woke up", "hospital", "cured",
        // Danger and fights
        "danger*", "disaster*", "catastroph*", "destroy*", "explod*", "explos*", "burning", "burned", "burnt",
        "crashed", "collaps*", "attack*", "enemy", "enemies", "war", "wars", "battle", "victim", "victims",
        "arrested", "prison", "stole", "stolen", "scandal*", "revolution*", "nightmar*", "tragedy", "tragic*",
        "monster*", "panic*",
        // Winning and losing
        "won", "win", "wins", "winning", "winner", "winners", "champion*", "lose", "loses", "losing", "lost",
        "beaten", "defeat*", "victor*", "triumph*", "hero", "heroes", "heroic", "legend*", "glory", "record",
        "history", "historic", "world", "prize", "million", "millions", "billion", "billions", "millionair*",
        "broke", "broken", "discover*", "proof", "prove", "proved", "proven", "proves", "important", "dream",
        "dreams", "dreamed",
        // Joy and grief
        "love", "loves", "loved", "hate", "hates", "hated", "hatred", "cry", "cries", "cried", "crying", "tears",
        "wept", "weeping", "scream*", "afraid", "scared", "terrif*", "terribl*", "horribl*", "horror", "awful",
        "fear", "fears", "feared", "furious*", "desperat*", "hurt", "hurts", "pain", "painful", "sorry", "heart",
        "heartbroken", "hope", "hoped", "hopeless", "goodbye", "farewell", "marry", "married", "marri*",
        // Truth and lies
        "truth", "lie", "lied", "lies", "liar", "betray*", "secret", "secrets", "forgive", "forgiven", "forgave",
        "guilty", "confess*", "cheated", "cheating", "promise", "promised", "swear", "swore", "remember",
    ],
    noticed: &[
        "laugh*", "chuckl*", "giggl*", "applau*", "cheer*", "whoop*", "sob*", "cry", "cries", "crying", "weep*", "wail*",
        "scream*", "shriek*", "gasp*", "shout*", "yell*", "gunshot*", "gunfire", "shot", "shots", "explosion*", "explod*",
        "crash*", "roar*", "siren*", "groan*", "whimper*", "audience oohs", "booing",
    ],
};

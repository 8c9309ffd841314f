import { en } from './en';

/** The shape every language has to fill. */
export type Words = typeof en;

export const words: Words = en;

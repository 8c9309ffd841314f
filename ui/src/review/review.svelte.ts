import type { Session } from '../project/session.svelte';
import { inOrder } from '../project/overlay';
import {
  counts,
  entries,
  FILTERS,
  ORDERS,
  SCOPES,
  shownEntries,
  tagNames,
  type Entry,
  type Filter,
  type Order,
  type Scope,
} from './shown';

/** What the list of highlights shows, and in which order. */
export class Review {
  filter = $state<Filter>('all');
  order = $state<Order>('time');
  scope = $state<Scope>('one');
  #tag = $state<string | null>(null);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Every range in scope, judged or not. */
  readonly all = $derived.by<Entry[]>(() => {
    const { materials, material } = this.#session;
    const wanted = this.scope === 'all' ? materials : material ? [material] : [];
    return entries(wanted, inOrder);
  });
  readonly tags = $derived(tagNames(this.all));
  readonly counts = $derived(counts(this.all, this.tag));
  readonly shown = $derived(shownEntries(this.all, this));

  /** The tag that is looked for; one that is gone from the ranges is no longer. */
  get tag(): string | null {
    return this.#tag !== null && this.tags.includes(this.#tag) ? this.#tag : null;
  }

  set tag(tag: string | null) {
    this.#tag = tag;
  }

  nextFilter(): void {
    this.filter = after(FILTERS, this.filter);
  }

  nextOrder(): void {
    this.order = after(ORDERS, this.order);
  }

  nextScope(): void {
    this.scope = after(SCOPES, this.scope);
  }
}

function after<Value>(values: readonly Value[], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length] ?? value;
}

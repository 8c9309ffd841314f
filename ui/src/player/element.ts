/** Begins to load a source. */
export function take(element: HTMLVideoElement, url: string): void {
  element.src = url;
  element.load();
}

/** A web view keeps a connection for each element that still names a source. */
export function release(element: HTMLVideoElement): void {
  element.pause();
  element.removeAttribute('src');
  element.load();
}

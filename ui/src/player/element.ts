/** Begins to load a source. */
export function take(element: HTMLVideoElement, url: string): void {
  element.src = url;
  element.load();
}

/** Plays. What was overtaken by a pause or by another source was not refused. */
export function play(element: HTMLVideoElement, refused: () => void): void {
  element.play().catch((reason: unknown) => {
    if (!(reason instanceof DOMException && reason.name === 'AbortError')) refused();
  });
}

/** A web view keeps a connection for each element that still names a source. */
export function release(element: HTMLVideoElement): void {
  element.pause();
  element.removeAttribute('src');
  element.load();
}

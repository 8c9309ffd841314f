/**
 * A copy of the picture that stands in its place while a hand seeks. A video paints a picture whenever it comes, where no graphics card
 * puts the window together in one box with whatever the hand moves in the same frame; a copy is painted when it suits.
 */
export class Still {
  #canvas: HTMLCanvasElement | null = null;
  #shown = $state(false);

  /** An attachment: without a canvas the video shows all by itself. */
  attach = (canvas: HTMLCanvasElement): (() => void) => {
    this.#canvas = canvas;
    return () => {
      this.#canvas = null;
      this.#shown = false;
    };
  };

  /** Whether it stands in the place of the video. */
  get shown(): boolean {
    return this.#shown;
  }

  begin(element: HTMLVideoElement): void {
    if (this.#shown || !this.#canvas) return;
    this.#shown = true;
    this.draw(element);
  }

  draw(element: HTMLVideoElement): void {
    const canvas = this.#canvas;
    const { videoWidth, videoHeight } = element;
    if (!canvas || !this.#shown || videoWidth === 0) return;
    // No more than can be seen.
    const share = Math.min(1, (element.clientWidth * devicePixelRatio) / videoWidth);
    const [across, down] = [Math.round(videoWidth * share), Math.round(videoHeight * share)];
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    canvas.getContext('2d')?.drawImage(element, 0, 0, across, down);
  }

  end(): void {
    this.#shown = false;
  }
}

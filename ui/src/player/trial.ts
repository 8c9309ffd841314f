import type { Micros } from '../ipc/bindings';
import type { Look, Try } from './aim';

/** How long a web view may take to show a frame that was asked for, in milliseconds. */
const PATIENCE = 1_000;
/** Nothing new for so long, in milliseconds: the frame that is shown is the one that was sought. */
const CALM = 100;
/** Nothing at all for so long after a seek, in milliseconds: the web view does not say what it shows. */
const SILENCE = 250;
/** Enough of a picture to tell it from the next one: pixels across and down. */
const [ACROSS, DOWN] = [320, 180];

/**
 * Seeks a video element, and tells what it says of the frame that it shows then: the last one before it is calm, since the frame of an
 * earlier seek may still come after this one was asked for.
 */
export function trier(element: HTMLVideoElement): Try {
  return (time) =>
    new Promise((resolve) => {
      let [said, sought]: [Micros | null, boolean] = [null, false];
      let [told, calm]: [number, ReturnType<typeof setTimeout> | undefined] = [0, undefined];
      const end = () => {
        element.removeEventListener('seeked', arrive);
        element.cancelVideoFrameCallback(told);
        clearTimeout(limit);
        clearTimeout(calm);
        resolve(sought ? said : null);
      };
      const wait = () => {
        if (!sought || said === null) return;
        clearTimeout(calm);
        calm = setTimeout(end, CALM);
      };
      const listen = () => {
        told = element.requestVideoFrameCallback((_now, { mediaTime }) => {
          said = mediaTime * 1_000_000;
          listen();
          wait();
        });
      };
      const arrive = () => {
        sought = true;
        calm = setTimeout(end, SILENCE);
        wait();
      };
      const limit = setTimeout(end, PATIENCE);
      element.addEventListener('seeked', arrive, { once: true });
      listen();
      element.currentTime = time / 1_000_000;
    });
}

/** Seeks a video element and looks at what it shows when it is calm. */
export function viewer(element: HTMLVideoElement): Look {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [ACROSS, DOWN];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (time) => {
    if (!context || !(await sought(element, time))) return null;
    context.drawImage(element, 0, 0, ACROSS, DOWN);
    return context.getImageData(0, 0, ACROSS, DOWN).data;
  };
}

/** Whether a seek has ended in time, and has been over for long enough to be seen. */
function sought(element: HTMLVideoElement, time: number): Promise<boolean> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => end(false), PATIENCE);
    const arrive = () => setTimeout(() => end(true), CALM);
    const end = (came: boolean) => {
      clearTimeout(limit);
      element.removeEventListener('seeked', arrive);
      resolve(came);
    };
    element.addEventListener('seeked', arrive, { once: true });
    element.currentTime = time / 1_000_000;
  });
}

import type { EvidenceView, Micros, SpeechView, Tag } from '../ipc/bindings';
import { formatLength, formatTimecode, SECOND } from '../time/timecode';
import { layers } from './interest';
import type { Draw } from './tiles';
import { hopFor, pictureAt, tiles } from './pictures';
import type { Pyramid } from './pyramid';
import { labelStep, ticks } from './ruler';
import { toPixel, viewEnd, type View } from './scale';
import type { StripBook } from './strips.svelte';
import { cutTicks, interestCurve, shots, stretches, waveform, type Rectangle } from './waveform';

/** Room between a text and the edges of what it stands in. */
const PADDING = 5;
/** A text is left out where less of it than this would be seen. */
const LEAST_TEXT = 24;
/** A text in a long stretch is written again after so many pixels, so that it is read wherever one looks. */
const AGAIN = 480;
/** The longest label of the ruler. */
const LABEL = 90;

export function drawRuler(view: View, duration: Micros): Draw {
  return (context, height, colour) => {
    const fine = labelStep(view) < SECOND;
    // A label that begins before this part reaches into it.
    const wider = { ...view, start: view.start - LABEL * view.perPixel, width: view.width + LABEL };
    context.font = `10.5px ${colour('--font')}`;
    for (const { time, pixel, labelled } of ticks(wider, duration)) {
      const x = Math.round(pixel) - LABEL + 0.5;
      context.fillStyle = colour(labelled ? '--control-line' : '--line-strong');
      context.fillRect(x, labelled ? height - 9 : height - 5, 1, labelled ? 9 : 5);
      if (!labelled) continue;
      context.fillStyle = colour('--ink-3');
      context.fillText(fine ? formatTimecode(time) : formatLength(time), x + 5, 13);
    }
  };
}

/** Pictures side by side. Until the one that belongs to a place is there, one from further apart stands in. */
export function drawPictures(book: StripBook, material: number, view: View, duration: Micros, shape: number): Draw {
  return (context, height) => {
    const width = Math.max(24, Math.round(height * shape));
    for (const tile of tiles(view, duration, width)) {
      for (let hop = tile.hop; hop <= tile.hop * 64; hop *= 2) {
        const strip = pictureAt(tile.time, hop);
        const found = book.at(material, strip, strip.place);
        if (!found) continue;
        const { image, left, width: pixels } = found;
        context.drawImage(image, left, 0, pixels, image.height, Math.round(tile.x), 0, width, height);
        break;
      }
    }
  };
}

/** The strips that the pictures in sight are taken from, the ones in the middle first. */
export function stripsInSight(view: View, duration: Micros, height: number, shape: number) {
  const width = Math.max(24, Math.round(height * shape));
  const hop = hopFor(view, width);
  const indexes = [...new Set(tiles(view, duration, width).map(({ index }) => index))];
  const middle = pictureAt((view.start + viewEnd(view)) / 2, hop).index;
  return indexes.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)).map((index) => ({ hop, index }));
}

/** Shots in turn lighter and darker, so that a cut is seen where it is. */
export function drawShots(evidence: EvidenceView | null, view: View, duration: Micros): Draw {
  return (context, height, colour) => {
    if (!evidence) return;
    const found = shots(evidence.cuts, view, duration);
    for (const odd of [false, true]) {
      context.fillStyle = colour(odd ? '--shot-odd' : '--shot-even');
      for (const { x, width, index } of found)
        if ((index % 2 === 1) === odd) context.fillRect(x, 2, Math.max(1, width - 1), height - 4);
    }
    if (found.length > 0) return;
    context.fillStyle = colour('--cut');
    for (const x of cutTicks(evidence.cuts, view)) context.fillRect(Math.round(x), 2, 1, height - 4);
  };
}

export function drawInterest(evidence: EvidenceView | null, view: View): Draw {
  return (context, height, colour) => {
    if (!evidence) return;
    for (const { signal, boxes } of layers(evidence.interest, view, height - 4)) {
      fill(context, boxes, 3, colour(`--signal-${signal}`));
    }
    context.beginPath();
    for (const { x, y } of interestCurve(evidence.interest, view, height - 4)) context.lineTo(x, y + 3);
    context.strokeStyle = colour('--interest');
    context.lineWidth = 1.25;
    context.lineJoin = 'round';
    context.stroke();
  };
}

export function drawSound(pyramid: Pyramid | null, view: View, duration: Micros): Draw {
  return (context, height, colour) => {
    if (!pyramid) return;
    fill(context, waveform(pyramid, view, duration, height - 8), 4, colour('--wave'));
  };
}

/** Where a voice is heard, and what it says. */
export function drawSpeech(evidence: EvidenceView | null, said: SpeechView[], view: View): Draw {
  return (context, height, colour) => {
    if (!evidence) return;
    fill(context, stretches(evidence.speech, view, height - 6), 3, colour('--speech-soft'));
    writeTexts(context, said, view, height, colour);
  };
}

/** What happens in the ranges, each as long as it was seen or heard. */
export function drawTags(tags: Tag[], view: View): Draw {
  return (context, height, colour) => {
    fill(context, stretches(tags, view, height - 6), 3, colour('--tag'));
    const texts = tags.map(({ start, end, name }) => ({ start, end, text: name }));
    writeTexts(context, texts, view, height, colour);
  };
}

/** Writes into stretches what fits. */
function writeTexts(
  context: CanvasRenderingContext2D,
  texts: { start: Micros; end: Micros; text: string | null }[],
  view: View,
  height: number,
  colour: (token: string) => string,
): void {
  context.font = `10.5px ${colour('--font')}`;
  context.fillStyle = colour('--ink-2');
  for (const { start, end, text } of texts) {
    if (end <= view.start || !text) continue;
    if (start >= viewEnd(view)) break;
    const left = toPixel(view, start) + PADDING;
    const right = toPixel(view, end) - PADDING;
    if (right - left < LEAST_TEXT) continue;
    const length = context.measureText(text).width;
    const step = Math.max(AGAIN, length + AGAIN / 4);
    context.save();
    context.beginPath();
    context.rect(Math.max(0, left), 0, Math.min(view.width, right) - Math.max(0, left), height);
    context.clip();
    for (let again = Math.max(0, Math.floor(-(left + length) / step)); left + again * step < view.width; again++) {
      const x = left + again * step;
      if (again > 0 && x + length > right) break;
      context.fillText(text, x, height / 2 + 3.5);
    }
    context.restore();
  }
}

function fill(context: CanvasRenderingContext2D, boxes: Rectangle[], top: number, colour: string): void {
  context.fillStyle = colour;
  for (const { x, y, width, height } of boxes) context.fillRect(x, y + top, width, height);
}

// Does one thing for many frames in the page and tells what each of them cost: [name, act, frames, rest, done].
const [name, act, frames, rest, done] = arguments;
const track = document.querySelector("[data-testid='track']");
const words = document.querySelector("[data-testid='transcript-words'] > div");
const box = track.getBoundingClientRect();
const middle = { clientX: box.left + box.width / 2, clientY: box.top + 12, bubbles: true, cancelable: true };
const drags = !/scroll|zoom/.test(name);
let [held, from] = [track, middle];
const wheel = (how) => track.dispatchEvent(new WheelEvent('wheel', { ...middle, ...how }));
const point = (type, x, buttons) =>
  held.dispatchEvent(
    new PointerEvent(type, { ...from, clientX: from.clientX + x, button: 0, buttons, pointerId: 1 }),
  );
const drag = (frame) => point('pointermove', 100 * Math.sin(frame / 20), 1);
const acts = {
  scroll: (frame) => wheel({ deltaX: 14 * (frame % 120 < 60 ? 1 : -1) }),
  zoom: (frame) => wheel({ deltaY: frame % 80 < 40 ? -40 : 40, ctrlKey: true }),
  drag,
  read: (frame) => (words.scrollTop += 60 * (frame % 240 < 120 ? 1 : -1)),
};
// Made-up pointers cannot be captured.
Element.prototype.setPointerCapture = () => undefined;

/** Scripts that the page itself runs at the beginning of a frame. */
const nextFrame = window.requestAnimationFrame.bind(window);
let scripts = 0;
window.requestAnimationFrame = (run) =>
  nextFrame((now) => {
    const begun = performance.now();
    run(now);
    scripts += performance.now() - begun;
  });

/** One for all frames: WebKit looks through every open port for each message that arrives. */
const painted = new MessageChannel();
const found = [];
let last;

/** Something is done as an event is heard, between two frames; the next frame shows it. */
function turn() {
  scripts = 0;
  const begun = performance.now();
  acts[act](found.length);
  // What hangs on it follows before the frame.
  Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => {
      const script = performance.now() - begun;
      nextFrame((now) => show(script, now));
    });
}

function show(script, now) {
  const begun = performance.now();
  // Not the size of an element: only what that takes would be laid out.
  void document.documentElement.scrollHeight;
  const laidOut = performance.now();
  // A message sent by a frame's script arrives when the frame was painted.
  painted.port1.onmessage = () => {
    const own = script + scripts + laidOut - begun;
    found.push([own, performance.now() - laidOut, last === undefined ? 0 : now - last]);
    last = now;
    if (found.length > frames) return end();
    if (rest > 0) setTimeout(turn, rest);
    else turn();
  };
  painted.port2.postMessage(0);
}

function end() {
  if (drags) point('pointerup', 0, 0);
  window.requestAnimationFrame = nextFrame;
  painted.port1.close();
  done(found.slice(1));
}

function begin() {
  const grip = name === 'trimming a range' ? '-end' : '';
  const grips = [...track.querySelectorAll('[data-testid]')].filter(({ dataset }) =>
    new RegExp(`^range-\\d+${grip}$`).test(dataset.testid),
  );
  if (act === 'drag' && name !== 'scrubbing') {
    held = grips[grips.length >> 1];
    const place = held.getBoundingClientRect();
    from = { ...middle, clientX: place.left + place.width / 2, clientY: place.top + 10 };
  }
  if (drags) point('pointerdown', 0, 1);
  turn();
}

if (name !== 'scrubbing') for (let step = 0; step < 24; step++) wheel({ deltaY: -50, ctrlKey: true });
/** What zooming has set off, and what the act before has, is over before anything is measured. */
function whenCalm(then) {
  const held = document.querySelector('.dragging') !== null;
  setTimeout(() => (held ? whenCalm(then) : then()), 1500);
}

whenCalm(begin);

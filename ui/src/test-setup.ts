// What happy-dom leaves out and the window relies on.
Element.prototype.setPointerCapture ??= () => undefined;
HTMLMediaElement.prototype.load ??= () => undefined;

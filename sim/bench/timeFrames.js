/**
 * Runs in the page before anything else: wraps requestAnimationFrame and stores the cost of each frame, drawing included (one pixel
 * is read back to wait for it), in window.vigieFrameCostsMs. Frames that draw nothing are not counted.
 */
(() => {
  const costsMs = [];
  const contexts = new Set();
  let draws = 0;
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (...args) {
    const context = getContext.apply(this, args);
    if (context instanceof WebGL2RenderingContext) contexts.add(context);
    return context;
  };
  for (const name of ["drawElements", "drawArrays", "drawElementsInstanced", "clear"]) {
    const call = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...args) {
      draws++;
      return call.apply(this, args);
    };
  }
  const pixel = new Uint8Array(4);
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      const before = performance.now();
      draws = 0;
      callback(time);
      if (draws === 0) return;
      for (const gl of contexts) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      costsMs.push(performance.now() - before);
    });
  window.vigieFrameCostsMs = costsMs;
})();

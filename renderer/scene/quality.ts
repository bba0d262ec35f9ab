/** How much a frame may cost. Software GL gets the same picture, calmer: fewer samples, no anti-aliasing, no glitter. */
type Quality = { readonly isCalm: boolean; readonly antialias: boolean; readonly pixelRatio: [number, number] };

const FULL: Quality = { isCalm: false, antialias: true, pixelRatio: [1, 1.5] };
const CALM: Quality = { isCalm: true, antialias: false, pixelRatio: [0.75, 0.75] };

/** Names under which browsers tell that there is no graphics card behind WebGL. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

export const qualityFor = (rendererName: string): Quality => (SOFTWARE.test(rendererName) ? CALM : FULL);

let known: Quality | undefined;

/** Asked once a page, with a context that is given back at once. */
export function qualityHere(): Quality {
  known ??= qualityFor(rendererName());
  return known;
}

function rendererName(): string {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return "";
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return typeof name === "string" ? name : "";
}

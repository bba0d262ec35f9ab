/** The desktop shell's zoom of the whole page (`electron/preload.ts`); a page in a browser has none: there it is the browser's own. */
export type ShellZoom = { readonly factor: () => number; readonly setFactor: (factor: number) => void };

const isShellZoom = (value: unknown): value is ShellZoom =>
  typeof value === "object" &&
  value !== null &&
  "factor" in value &&
  "setFactor" in value &&
  typeof value.factor === "function" &&
  typeof value.setFactor === "function";

export function shellZoomOf(page: object): ShellZoom | undefined {
  const shell: unknown = "vigie" in page ? page.vigie : undefined;
  const zoom: unknown = typeof shell === "object" && shell !== null && "zoom" in shell ? shell.zoom : undefined;
  return isShellZoom(zoom) ? zoom : undefined;
}

export type ViewCamera = {
  readonly fov: number;
  readonly matrixWorldInverse: { readonly elements: ArrayLike<number> };
};

/** How many metres one pixel covers at a place of the scene, for markers that keep their size on the screen. */
export function metresPerPx(camera: ViewCamera, heightPx: number, eastM: number, northM: number, upM: number): number {
  const e = camera.matrixWorldInverse.elements;
  // Depth along the view axis: the third row of the view matrix, turned to look forward.
  const depthM = -((e[2] ?? 0) * eastM + (e[6] ?? 0) * northM + (e[10] ?? 0) * upM + (e[14] ?? 0));
  return (2 * Math.max(0.1, depthM) * Math.tan((camera.fov * Math.PI) / 360)) / heightPx;
}

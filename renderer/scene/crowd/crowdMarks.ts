import type { InstancedMesh } from "three";
import type { ContactCrowd } from "./contactCrowd.js";

export type CrowdMarksProps = { readonly crowd: ContactCrowd; readonly capacity: number };

export const OLD_COLOUR = "#7d8894";
/** From a mark's middle to its rim. */
export const MARK_PX = 8;
export const CROWD_PX = 13;
export const SELECTED_FACTOR = 1.35;

export function finishInstances(mesh: InstancedMesh, count: number): void {
  mesh.count = count;
  mesh.instanceMatrix.needsUpdate = true;
  if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
}

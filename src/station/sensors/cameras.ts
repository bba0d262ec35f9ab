import { videoAddress } from "../../io/videoReceiver.js";
import { openCameraFeed } from "./cameraFeed.js";
import type { Camera, OpenCamera } from "./cameraTypes.js";

/**
 * The kinds of camera besides video over UDP (`cameraFeed.ts`), by the scheme of their URI. To add one, write a file
 * beside this one and list it here. Another camera of a known kind is only another URI.
 */
const CAMERAS: ReadonlyMap<string, OpenCamera> = new Map();

/** A URI of no known kind goes to the usual feed, which says what is wrong with it. */
export const openCamera: OpenCamera = (options) => openerOf(options.camera)(options);

const openerOf = ({ uri }: Camera): OpenCamera => CAMERAS.get(schemeOf(uri)) ?? openCameraFeed;
const schemeOf = (uri: string): string => uri.slice(0, uri.indexOf(":"));

/** What is wrong with the first URI that no camera can be received on, or that is named twice; undefined: nothing. */
export function cameraProblem(uris: readonly string[]): string | undefined {
  for (const [i, uri] of uris.entries()) {
    if (uris.indexOf(uri) < i) return `video ${uri} is named twice`;
    if (CAMERAS.has(schemeOf(uri))) continue;
    const address = videoAddress(uri);
    if (!address.ok) return `video ${uri}: ${address.error.problem}`;
  }
  return undefined;
}

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
  const known = new Set<string>();
  for (const uri of uris) {
    const address = CAMERAS.has(schemeOf(uri)) ? undefined : videoAddress(uri);
    if (address?.ok === false) return `video ${uri}: ${address.error.problem}`;
    // However it is written: udp://:5600 is udpin://:5600/ too.
    const place = address ? `${address.value.host}:${address.value.port}` : uri;
    if (known.has(place)) return `video ${uri} is named twice`;
    known.add(place);
  }
  return undefined;
}

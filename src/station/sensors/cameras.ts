import { openCameraFeed } from "./cameraFeed.js";
import type { Camera, OpenCamera } from "./cameraTypes.js";

/**
 * The kinds of camera besides video over UDP (`cameraFeed.ts`), by the scheme of their URI. To add one, write a file
 * beside this one and list it here. Another camera of a known kind is only another URI.
 */
const CAMERAS: Readonly<Record<string, OpenCamera>> = {};

/** A URI of no known kind goes to the usual feed, which says what is wrong with it. */
export const openCamera: OpenCamera = (options) => openerOf(options.camera)(options);

const openerOf = ({ uri }: Camera): OpenCamera => CAMERAS[uri.slice(0, uri.indexOf(":"))] ?? openCameraFeed;

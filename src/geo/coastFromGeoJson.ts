import type { Result } from "../core/result.js";
import type { BadFile } from "./badFile.js";
import type { CoastDocument } from "./coastDocument.js";

/** A user's own better line: Polygon and MultiPolygon land areas; replaces the built-in coast. */
export declare function coastFromGeoJson(text: string, path: string): Result<CoastDocument, BadFile>;

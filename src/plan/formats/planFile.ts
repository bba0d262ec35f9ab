import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import type { Plan } from "../plan.js";

/** QGroundControl `.plan` text to a plan; `path` is only for the error. Nothing is half-applied. */
export declare function readPlanFile(text: string, path: string): Result<Plan, BadFile>;
/** `.plan` text that QGroundControl and MAVSDK open; reading it back gives an equal plan. */
export declare function writePlanFile(plan: Plan): string;

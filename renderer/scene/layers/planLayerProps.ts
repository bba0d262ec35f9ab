import type { Position } from "../../../src/geo/position.js";
import type { Plan } from "../../../src/plan/plan.js";
import type { Latest } from "../../bridge/latest.js";

export type PlanLayerProps = {
  readonly plan: Latest<Plan | undefined>;
  /** Height of home above sea level, for heights above home; 0 when unknown. */
  readonly homeAmslM?: number;
  /** The item whose corners have handles. */
  readonly selectedItemId: string | undefined;
  readonly selectedCorner: number | undefined;
  /** The polygon being drawn, not yet closed; the workspace makes the last corner follow the pointer. */
  readonly draft?: Latest<readonly Position[]>;
  /** A corner of the selected sweep's area moved; `isFinal` on release, one undo step. */
  readonly onCornerDrag: (index: number, position: Position, isFinal: boolean) => void;
  /** The middle of the edge after corner `index - 1` was pulled out: insert a corner at `index`. */
  readonly onInsert: (index: number, position: Position) => void;
  readonly onSelect: (itemId: string | undefined, cornerIndex: number | undefined) => void;
};

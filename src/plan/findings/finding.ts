/** What is to be said about a plan. The sentences live with the screens and the command line, in their languages. */
export type FindingKind =
  | "no-items"
  | "not-flyable-item"
  | "area-invalid"
  | "no-take-off"
  | "no-return"
  | "no-landing"
  | "return-without-landing"
  | "never-ends"
  | "landing-approach-low"
  | "landing-approach-steep"
  | "landing-inside-circle"
  | "landing-start-misplaced"
  | "no-home"
  | "too-many-items"
  | "place-without-height"
  | "no-place"
  | "param-missing"
  | "frame-not-understood"
  | "too-low"
  | "too-high"
  | "mixed-datums"
  | "outside-fence"
  | "fence-unclear"
  | "far-from-home"
  | "long-hop"
  | "speed-too-high"
  | "wind-too-strong"
  | "energy-reserve"
  | "energy-unknown"
  | "not-an-aircraft"
  | "land-and-sea"
  | "training";

export type PlanFinding = {
  readonly kind: FindingKind;
  /** danger: do not fly this; caution: look at it; info: for knowledge. */
  readonly severity: "info" | "caution" | "danger";
  /** The mission item it is about, counted from 1 through the plan: `doJumpId` of a file, item number of an ArduPilot. */
  readonly seq?: number;
  /** What a text about it needs. */
  readonly facts: Readonly<Record<string, string | number>>;
};

type More = Partial<Pick<PlanFinding, "seq" | "facts">>;

export const finding = (
  kind: FindingKind,
  severity: PlanFinding["severity"],
  { seq, facts = {} }: More = {},
): PlanFinding => ({ kind, severity, ...(seq !== undefined && { seq }), facts });

export const seqOf = (itemIndex: number): number => itemIndex + 1;

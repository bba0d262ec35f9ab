/** Checks that the station answers itself, from telemetry. */
export type AutomaticCheck =
  | "link-live"
  | "position-fixed"
  | "battery-charged"
  | "plan-verified"
  | "fence-enabled"
  | "autopilot-ready"
  | "recording";

export type ChecklistItem = {
  readonly id: string;
  /** As the crew wrote it; automatic checks have a dictionary key too. */
  readonly text: string;
  readonly automatic: AutomaticCheck | undefined;
};

/** One checklist for each aircraft, by its hardware id where it has one, by its system id otherwise. */
export type Checklist = {
  readonly isBlocking: boolean;
  readonly items: readonly ChecklistItem[];
};

export type ChecklistState = {
  readonly checklist: Checklist;
  /** Items ticked by a person or found true by the station. Cleared when the aircraft disarms. */
  readonly doneIds: readonly string[];
};

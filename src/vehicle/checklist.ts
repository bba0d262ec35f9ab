/** Checks the station answers by itself, from telemetry. */
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
  /** As the crew wrote it; automatic ones have a dictionary key beside it. */
  readonly text: string;
  readonly automatic: AutomaticCheck | undefined;
};

/** One an aircraft: by its hardware id where it has one, by its system id otherwise. */
export type Checklist = {
  readonly isBlocking: boolean;
  readonly items: readonly ChecklistItem[];
};

export type ChecklistState = {
  readonly checklist: Checklist;
  /** Ticked by a person, or seen by the station. Emptied when the aircraft disarms. */
  readonly doneIds: readonly string[];
};

import type { CommandAbilities, CommandKind, CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import { isMissionMode, needsSticks } from "../../vehicle/selectors/mission.js";
import type { HeartbeatState, VehicleState } from "../../vehicle/vehicleState.js";
import type { CommandStep } from "../protocols/command/commandStep.js";
import type { Dialect, Possibility } from "./dialect.js";

/** A vehicle from which at least one heartbeat was received, with that heartbeat. */
export type Situation = { readonly vehicle: VehicleState; readonly heartbeat: HeartbeatState };
/** A user's command, and the vehicle it is for. */
export type Asked<Kind extends CommandKind> = Situation & {
  readonly command: Extract<VehicleCommand, { readonly kind: Kind }>;
};

/** How an autopilot on one airframe handles one kind of command. */
type CommandEntry<Kind extends CommandKind> = {
  /** The reason against sending it now; undefined when it may be sent. */
  readonly whyNot: (asked: Asked<Kind>) => CommandReason | undefined;
  /** To be called only when `whyNot` gave no reason. */
  readonly steps: (asked: Asked<Kind>) => readonly CommandStep[];
};
export type CommandTable = { readonly [Kind in CommandKind]: CommandEntry<Kind> };

/** For a command that the airframe or the autopilot does not have. */
export const never = (because: CommandReason) => ({ whyNot: () => because, steps: () => [] });

/**
 * Not allowed on a high-latency link with about one message a minute: the result of these commands must be seen at
 * once.
 */
const NEEDS_A_QUICK_LINK: ReadonlySet<CommandKind> = new Set<CommandKind>([
  "arm",
  "disarm",
  "take-off",
  "go-to",
  "orbit",
  "jump-to-item",
  "change-altitude",
  "change-heading",
  "change-speed",
  "transition",
  "set-mode",
  "enable-fence",
  "reboot",
]);

function entryFor(table: CommandTable, command: VehicleCommand, vehicle: VehicleState) {
  const heartbeat = vehicle.heartbeat?.value;
  // Each entry is only given its own kind of command, which the compiler cannot follow through the look-up.
  const entry = table[command.kind] as CommandEntry<CommandKind>;
  return { entry, asked: heartbeat && ({ command, vehicle, heartbeat } as Asked<CommandKind>) };
}

function canDo(table: CommandTable, command: VehicleCommand, vehicle: VehicleState): Possibility {
  const { entry, asked } = entryFor(table, command, vehicle);
  if (!asked) return { ok: false, because: "no-heartbeat" };
  const isTooMuch = vehicle.isHighLatency && NEEDS_A_QUICK_LINK.has(command.kind);
  const because = isTooMuch ? "high-latency-link" : entry.whyNot(asked);
  return because === undefined ? { ok: true } : { ok: false, because };
}

function stepsFor(table: CommandTable, command: VehicleCommand, vehicle: VehicleState): readonly CommandStep[] {
  const { entry, asked } = entryFor(table, command, vehicle);
  return asked ? entry.steps(asked) : [];
}

const NOWHERE = { latitudeDeg: 0, longitudeDeg: 0 };
const SOME_HEIGHT = { datum: "home", valueM: 30 } as const;

/** One plausible command of each kind, used to find out whether the kind is possible at all. */
export function sampleCommands(vehicle: VehicleState): readonly VehicleCommand[] {
  const vtol = vehicle.flightPhase?.value.vtol;
  const flies = vtol === "forward" || vtol === "to-forward";
  // A mode that neither flies the mission nor needs sticks: those have additional rules.
  const mode = vehicle.modes.find(
    ({ isSelectable, customMode }) =>
      isSelectable && !isMissionMode(vehicle, customMode) && !needsSticks(vehicle, customMode),
  );
  return [
    { kind: "arm" },
    { kind: "disarm" },
    { kind: "take-off", altitudeAboveHomeM: SOME_HEIGHT.valueM },
    { kind: "start-mission" },
    { kind: "pause" },
    { kind: "resume" },
    { kind: "jump-to-item", item: 0 },
    { kind: "go-to", position: NOWHERE, height: SOME_HEIGHT },
    { kind: "orbit", centre: NOWHERE, height: SOME_HEIGHT, radiusM: 100, direction: "clockwise" },
    { kind: "return" },
    { kind: "land" },
    { kind: "change-speed", speedKind: "ground", speedMps: 10 },
    { kind: "change-altitude", height: SOME_HEIGHT },
    { kind: "change-heading", headingDeg: 0 },
    { kind: "transition", to: flies ? "hover" : "forward" },
    { kind: "set-mode", customMode: mode?.customMode ?? -1 },
    { kind: "enable-fence", isEnabled: true },
    { kind: "reboot" },
  ];
}

function abilities(table: CommandTable, vehicle: VehicleState): CommandAbilities {
  const not: Partial<Record<CommandKind, CommandReason>> = {};
  for (const command of sampleCommands(vehicle)) {
    const answer = canDo(table, command, vehicle);
    if (!answer.ok) not[command.kind] = answer.because;
  }
  return not;
}

/** The members of a dialect that concern commands. */
export const commandsOf = (table: CommandTable): Pick<Dialect, "abilities" | "canDo" | "stepsFor"> => ({
  abilities: (vehicle) => abilities(table, vehicle),
  canDo: (command, vehicle) => canDo(table, command, vehicle),
  stepsFor: (command, vehicle) => stepsFor(table, command, vehicle),
});

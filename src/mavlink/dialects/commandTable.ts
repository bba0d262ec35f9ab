import type { CommandAbilities, CommandKind, CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import { isMissionMode, needsSticks } from "../../vehicle/selectors/mission.js";
import type { HeartbeatState, VehicleState } from "../../vehicle/vehicleState.js";
import type { CommandStep } from "../protocols/command/commandStep.js";
import type { Dialect, Possibility } from "./dialect.js";

/** A vehicle that has been heard. */
export type Situation = { readonly vehicle: VehicleState; readonly heartbeat: HeartbeatState };
/** A pilot's wish, and the vehicle it is for. */
export type Asked<Kind extends CommandKind> = Situation & {
  readonly command: Extract<VehicleCommand, { readonly kind: Kind }>;
};

/** How one autopilot on one airframe takes one kind of command. */
type CommandEntry<Kind extends CommandKind> = {
  /** Why not now; undefined when it may be sent. */
  readonly whyNot: (asked: Asked<Kind>) => CommandReason | undefined;
  /** Called only where there is nothing against it. */
  readonly steps: (asked: Asked<Kind>) => readonly CommandStep[];
};
export type CommandTable = { readonly [Kind in CommandKind]: CommandEntry<Kind> };

/** The airframe or the autopilot has no such command. */
export const never = (because: CommandReason) => ({ whyNot: () => because, steps: () => [] });

/** Too much for a link with a word a minute: whoever gives these must see what comes of them. */
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

function asked(table: CommandTable, command: VehicleCommand, vehicle: VehicleState) {
  const heartbeat = vehicle.heartbeat?.value;
  // Each entry is only ever given its own command, which the compiler cannot follow through the look-up.
  const entry = table[command.kind] as CommandEntry<CommandKind>;
  return { entry, wish: heartbeat && ({ command, vehicle, heartbeat } as Asked<CommandKind>) };
}

function canDo(table: CommandTable, command: VehicleCommand, vehicle: VehicleState): Possibility {
  const { entry, wish } = asked(table, command, vehicle);
  if (!wish) return { ok: false, because: "no-heartbeat" };
  const isTooMuch = vehicle.isHighLatency && NEEDS_A_QUICK_LINK.has(command.kind);
  const because = isTooMuch ? "high-latency-link" : entry.whyNot(wish);
  return because === undefined ? { ok: true } : { ok: false, because };
}

function stepsFor(table: CommandTable, command: VehicleCommand, vehicle: VehicleState): readonly CommandStep[] {
  const { entry, wish } = asked(table, command, vehicle);
  return wish ? entry.steps(wish) : [];
}

const NOWHERE = { latitudeDeg: 0, longitudeDeg: 0 };
const SOME_HEIGHT = { datum: "home", valueM: 30 } as const;

/** One sensible wish of each kind, to ask whether the kind is possible at all. */
export function sampleCommands(vehicle: VehicleState): readonly VehicleCommand[] {
  const vtol = vehicle.flightPhase?.value.vtol;
  const flies = vtol === "forward" || vtol === "to-forward";
  // One that neither flies the mission nor wants sticks: those have reasons of their own.
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

/** The part of a dialect that is about commands. */
export const commandsOf = (table: CommandTable): Pick<Dialect, "abilities" | "canDo" | "stepsFor"> => ({
  abilities: (vehicle) => abilities(table, vehicle),
  canDo: (command, vehicle) => canDo(table, command, vehicle),
  stepsFor: (command, vehicle) => stepsFor(table, command, vehicle),
});

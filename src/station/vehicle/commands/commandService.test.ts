import { describe, expect, it } from "vitest";
import type { VehicleCommand } from "../../../vehicle/commands.js";
import { aCommandService } from "../../testing/commandServiceBench.js";

const [GUIDED, AUTO, RTL] = [4, 3, 6];

describe("how danger ends", () => {
  it.each(["return", "land", "pause"] as const)("review 2: %s takes over from a command that is under way", (kind) => {
    const { sendHeartbeat, give, published, sent } = aCommandService();
    sendHeartbeat(GUIDED, true, 50);
    give({ kind: "change-speed", speedKind: "ground", speedMps: 5 });
    const before = sent.length;
    give({ kind });
    expect(published).toEqual(["c1 pending", "c1 failed cancelled", "c2 pending"]);
    expect(sent.length).toBeGreaterThan(before);
  });
  it("is sent to an aircraft that is not heard, and goes on being sent while it is lost", () => {
    const { sendHeartbeat, give, published, lose, sent, clock } = aCommandService();
    sendHeartbeat(AUTO, true, 50);
    lose();
    give({ kind: "return" });
    expect(published).toEqual(["c1 pending"]);
    clock.advance(1500);
    expect(sent.length).toBe(2);
    give({ kind: "arm" });
    expect(published.at(-1)).toBe("c2 failed vehicle-lost");
  });
  it("goes on being sent when the aircraft is lost after it was given; any other command ends", () => {
    const safe = aCommandService();
    safe.sendHeartbeat(AUTO, true, 50);
    safe.give({ kind: "return" });
    const before = safe.sent.length;
    safe.lose();
    expect(safe.published).toEqual(["c1 pending"]);
    safe.clock.advance(1500);
    expect(safe.sent.length).toBeGreaterThan(before);
    const other = aCommandService();
    other.sendHeartbeat(AUTO, true, 50);
    other.give({ kind: "change-speed", speedKind: "ground", speedMps: 5 });
    other.lose();
    expect(other.published.at(-1)).toBe("c1 failed vehicle-lost");
  });
  it("is sent although the last heartbeat shows it, and a word from before is no proof", () => {
    const { sendHeartbeat, give, published, sent, ack, service } = aCommandService();
    sendHeartbeat(RTL, true, 50);
    give({ kind: "return" });
    expect(sent).toHaveLength(1);
    ack(176);
    expect(published).toEqual(["c1 pending"]);
    sendHeartbeat(RTL, true, 50);
    expect(published.at(-1)).toBe("c1 done");
    expect(service).toBeDefined();
  });
});

describe("what was right when it was asked for, and is deadly by the time of its next copy", () => {
  it("a disarm ends when the aircraft has taken off meanwhile", () => {
    const { sendHeartbeat, give, commands, published, clock } = aCommandService();
    sendHeartbeat(GUIDED, true);
    give({ kind: "disarm" });
    sendHeartbeat(GUIDED, true, 50);
    const before = commands().length;
    clock.advance(20_000);
    expect(commands().length).toBe(before);
    expect(published.at(-1)).toBe("c1 failed cancelled");
  });
  it("an arming that failed is not taken back from an aircraft that somebody else has flown off", () => {
    const { sendHeartbeat, give, ack, commands, lose } = aCommandService();
    sendHeartbeat(GUIDED, false);
    give({ kind: "arm" });
    ack(176);
    // Armed and flown away by the pilot's radio control: the station's own arm command arrives later and is never
    // acknowledged.
    sendHeartbeat(GUIDED, true, 50);
    lose();
    expect(commands().filter(([command]) => command === 400)).toEqual([[400, 1]]);
  });
});

describe("what is dangerous", () => {
  it("is not done because nobody confirmed it, in any state", () => {
    const { sendHeartbeat, give, published, sent } = aCommandService();
    const wishes: readonly VehicleCommand[] = [
      { kind: "arm" },
      { kind: "disarm" },
      { kind: "take-off", altitudeAboveHomeM: 20 },
      { kind: "start-mission" },
      { kind: "resume" },
      { kind: "jump-to-item", item: 1 },
      { kind: "set-mode", customMode: AUTO },
      { kind: "enable-fence", isEnabled: false },
      { kind: "reboot" },
    ];
    for (const heightM of [0, 50]) {
      for (const isArmed of [true, false]) {
        sendHeartbeat(GUIDED, isArmed, heightM);
        for (const wish of wishes) give(wish, false);
      }
    }
    expect(sent).toEqual([]);
    expect(new Set(published.map((line) => line.split(" ").slice(1).join(" ")))).toEqual(
      new Set(["failed not-possible"]),
    );
  });
});

describe("newcomer 3: a height in the middle of a mission", () => {
  it("is refused to a press with the reason, from any door, and sent to who confirmed it", () => {
    const { sendHeartbeat, give, failures, sent } = aCommandService();
    sendHeartbeat(AUTO, true, 64);
    const height = { kind: "change-altitude", height: { datum: "home", valueM: 64 } } as const;
    give(height, false);
    expect(failures()).toEqual([{ kind: "not-possible", because: "not-confirmed", asks: ["leaves-mission"] }]);
    expect(sent).toEqual([]);
    give(height, true);
    expect(sent).toHaveLength(1);
  });
});

describe("no door leads to the mission without a look at what is on board", () => {
  it.each([
    [{ kind: "start-mission" }, 0],
    [{ kind: "resume" }, 50],
    [{ kind: "jump-to-item", item: 2 }, 50],
    // Setting mode AUTO also starts the mission (findings 6.1).
    [{ kind: "set-mode", customMode: AUTO }, 0],
  ] as const)("%j", (command, heightM) => {
    const { sendHeartbeat, give, published, commands, confirm } = aCommandService();
    sendHeartbeat(GUIDED, true, heightM);
    give(command);
    expect(commands()).toEqual([]);
    confirm("plan-changed");
    expect(commands()).toEqual([]);
    expect(published.at(-1)).toBe("c1 failed not-possible");
    give(command);
    confirm();
    expect(commands()).not.toEqual([]);
  });
  it("and what outranks it ends the look", () => {
    const { sendHeartbeat, give, published, cancels, commands } = aCommandService();
    sendHeartbeat(GUIDED, true, 50);
    give({ kind: "resume" });
    give({ kind: "return" });
    expect(cancels()).toBe(1);
    expect(published).toEqual(["c1 pending", "c1 failed cancelled", "c2 pending"]);
    expect(commands()).toEqual([[176, 1]]);
  });
});

describe("findings 6.2: what was told as failed and takes effect late", () => {
  const failedArming = () => {
    const made = aCommandService();
    made.sendHeartbeat(GUIDED, false);
    made.give({ kind: "arm" });
    made.ack(176);
    made.sendHeartbeat(GUIDED, false);
    expect(made.commands()).toEqual([
      [176, 1],
      [400, 1],
    ]);
    made.lose();
    expect(made.published.at(-1)).toBe("c1 failed vehicle-lost");
    return made;
  };
  it("is taken back behind it, and told once when it shows", () => {
    const { sendHeartbeat, late, commands, find } = failedArming();
    expect(commands().at(-1)).toEqual([400, 0]);
    find();
    sendHeartbeat(GUIDED, false);
    expect(late).toEqual([]);
    sendHeartbeat(GUIDED, true);
    sendHeartbeat(GUIDED, true);
    expect(late).toEqual(["c1"]);
  });
  it("is not told of an arming that was asked for anew", () => {
    const { sendHeartbeat, give, ack, late, published, find } = failedArming();
    find();
    sendHeartbeat(GUIDED, false);
    give({ kind: "arm" });
    ack(176);
    sendHeartbeat(GUIDED, false);
    ack(400);
    sendHeartbeat(GUIDED, true);
    expect(published.at(-1)).toBe("c2 done");
    expect(late).toEqual([]);
  });
  it.each([
    ["denied", 4],
    ["rejected for now", 1],
  ])("attack: is told of an arming that was %s and shows all the same, within a minute", (_name, result) => {
    const refusedArming = () => {
      const made = aCommandService();
      made.sendHeartbeat(GUIDED, false);
      made.give({ kind: "arm" });
      made.ack(176);
      made.sendHeartbeat(GUIDED, false);
      made.ack(400, result);
      made.sendHeartbeat(GUIDED, false);
      expect(made.published.at(-1)).toBe("c1 failed refused");
      return made;
    };
    const soon = refusedArming();
    soon.sendHeartbeat(GUIDED, false);
    soon.sendHeartbeat(GUIDED, true);
    soon.sendHeartbeat(GUIDED, true);
    expect(soon.late).toEqual(["c1"]);
    const later = refusedArming();
    for (let i = 0; i < 70; i++) later.sendHeartbeat(GUIDED, false);
    later.sendHeartbeat(GUIDED, true);
    expect(later.late).toEqual([]);
  });
});

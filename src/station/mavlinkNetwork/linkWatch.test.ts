import { expect, it } from "vitest";
import { aLinkStatus } from "../../contract/testing/linkStatus.js";
import { FakeClock } from "../../core/fakeClock.js";
import { StationBus } from "../bus.js";
import { quietLink } from "../testing/quietLink.js";
import { LinkWatch } from "./linkWatch.js";

/** A link that is lost and received again, as often as wanted. */
function watched() {
  const clock = new FakeClock();
  const bus = new StationBus();
  const keys: string[] = [];
  bus.on("notice", ({ notice }) => keys.push(notice.key));
  const watch = new LinkWatch(bus, clock);
  const link = quietLink("a", () => undefined);
  const tickReceived = (): void => {
    clock.advance(1000);
    watch.onTick({ ...link, status: () => aLinkStatus({ lastReceivedMonoMs: clock.monoMs() }) }, false);
  };
  const loseAndReceive = (): void => {
    watch.onState(link, { kind: "lost", because: "device gone" });
    tickReceived();
  };
  return { keys, tickReceived, loseAndReceive };
}

it("a link that is lost for the third time within a minute is back only once it was steady for half a minute", () => {
  const { keys, tickReceived, loseAndReceive } = watched();
  for (let i = 0; i < 3; i++) loseAndReceive();
  expect(keys).toEqual(["link-lost", "link-back", "link-lost", "link-back", "link-flaps"]);
  for (let i = 0; i < 28; i++) tickReceived();
  expect(keys).toHaveLength(5);
  tickReceived();
  expect(keys.slice(5)).toEqual(["link-back"]);
});

it("a link that could never be opened does not count as lost", () => {
  const clock = new FakeClock();
  const bus = new StationBus();
  const notices: string[] = [];
  bus.on("notice", ({ notice }) => notices.push(`${notice.severity} ${notice.key}`));
  const watch = new LinkWatch(bus, clock);
  const link = quietLink("a", () => undefined);
  for (let i = 0; i < 5; i++) {
    watch.onState(link, { kind: "failed", because: "in use" });
    clock.advance(1000);
    watch.onTick({ ...link, status: () => aLinkStatus({ lastReceivedMonoMs: clock.monoMs() }) }, false);
  }
  expect(notices.filter((key) => key === "caution link-failed")).toHaveLength(5);
  expect(notices).not.toContain("danger link-flaps");
});

import { expect, it } from "vitest";
import type { MavlinkFields } from "../../mavlink/frame.js";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { quietLink } from "../testing/quietLink.js";
import { VehicleLinks } from "./vehicleLinks.js";
import { VehiclePath } from "./vehiclePath.js";

const SYSTEM_ID = 7;
const CAMERA = { systemId: SYSTEM_ID, componentId: 100 };

/** Paths to one vehicle, and the addresses that messages were sent to. */
function someLinks() {
  const sentTo: (string | undefined)[] = [];
  const links = new VehicleLinks();
  const linkOf = (name: string) => quietLink(name, (_, to) => sentTo.push(to));
  const addPath = (name: string): VehiclePath => {
    const path = new VehiclePath(linkOf(name), `${name}:1`, SYSTEM_ID);
    links.add(path, 0);
    return path;
  };
  const receive = (path: VehiclePath, name: string, fields: MavlinkFields, nowMonoMs: number) =>
    links.onFrame(frameOf({ name, fields }), path, true, nowMonoMs);
  return { links, linkOf, addPath, receive, sentTo };
}

it("commands take the first path, until it is gone", () => {
  const { links, addPath } = someLinks();
  expect(links.active()).toBeUndefined();
  const first = addPath("a");
  const second = addPath("b");
  expect(links.active()).toBe(first);
  links.remove(first);
  expect(links.review(0)).toEqual({ from: first, to: second, because: "silent" });
  expect(links.active()).toBe(second);
});

it("a message for the camera goes to the camera's own address too, and one for the autopilot does not", () => {
  const { links, linkOf, addPath, sentTo } = someLinks();
  addPath("a");
  const beat = frameOf({ name: "HEARTBEAT", fields: { type: 30, autopilot: 8 } }, CAMERA);
  links.onComponent(beat, linkOf("camera"), "camera:1");
  links.send({ name: "COMMAND_LONG", fields: { target_component: 100 } });
  expect(sentTo.splice(0)).toEqual(["a:1", "camera:1"]);
  links.send({ name: "COMMAND_LONG", fields: { target_component: 1 } });
  links.send({ name: "HEARTBEAT", fields: {} });
  expect(sentTo).toEqual(["a:1", "a:1"]);
});

it("what is known of its identity stays when its paths are gone, one after the other", () => {
  const { links, addPath, receive } = someLinks();
  const [first, second] = [addPath("a"), addPath("b")];
  receive(first, "HEARTBEAT", { type: 2, autopilot: 3 }, 1000);
  receive(second, "ATTITUDE", { time_boot_ms: 1500 }, 2000);
  links.remove(first);
  links.remove(second);
  links.review(2000);
  expect(links.active()).toBeUndefined();
  expect(links.identity()).toMatchObject({ kind: { autopilot: 3, type: 2 }, boot: { value: 500 } });
});

it("a path of another kind of vehicle is told after three seconds, but never the only one that is left", () => {
  const { links, addPath, receive } = someLinks();
  const [first, second] = [addPath("a"), addPath("b")];
  receive(first, "HEARTBEAT", { type: 2, autopilot: 3 }, 0);
  receive(second, "HEARTBEAT", { type: 1, autopilot: 3 }, 0);
  expect(links.pathOfOther(0)).toBeUndefined();
  expect(links.pathOfOther(2999)).toBeUndefined();
  expect(links.pathOfOther(3000)).toBe(second);
  links.remove(first);
  expect(links.pathOfOther(6000)).toBeUndefined();
});

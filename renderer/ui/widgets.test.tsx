// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Button } from "./Button.js";
import { HoldButton } from "./HoldButton.js";
import { NumberField } from "./NumberField.js";
import { readNumber } from "./readNumber.js";

afterEach(cleanup);

describe("HoldButton", () => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ["requestAnimationFrame", "cancelAnimationFrame", "performance", "setTimeout", "clearTimeout"],
      }),
  );
  afterEach(() => void vi.useRealTimers());
  const show = (props: Partial<Parameters<typeof HoldButton>[0]> = {}) => {
    const onConfirm = vi.fn();
    render(<HoldButton label="Arm SIM-1" holdMs={1000} onConfirm={onConfirm} testId="arm" {...props} />);
    return { onConfirm, button: screen.getByTestId("arm") };
  };
  const wait = (ms: number): void => {
    act(() => {
      vi.advanceTimersByTime(ms);
    });
  };

  it("confirms after a second's hold, once", () => {
    const { onConfirm, button } = show();
    fireEvent.pointerDown(button, { button: 0 });
    wait(900);
    expect(onConfirm).not.toHaveBeenCalled();
    wait(200);
    expect(onConfirm).toHaveBeenCalledTimes(1);
    wait(3000);
    expect(onConfirm).toHaveBeenCalledTimes(1);
  });

  it.each(["pointerUp", "pointerLeave", "blur"] as const)("does nothing when let go early (%s)", (end) => {
    const { onConfirm, button } = show();
    fireEvent.pointerDown(button, { button: 0 });
    wait(900);
    fireEvent[end](button);
    wait(3000);
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it("works from the keyboard, where the key's repetition does not start it anew", () => {
    const { onConfirm, button } = show();
    fireEvent.keyDown(button, { key: " " });
    wait(600);
    fireEvent.keyDown(button, { key: " ", repeat: true });
    wait(500);
    expect(onConfirm).toHaveBeenCalledTimes(1);
    fireEvent.keyDown(button, { key: " ", repeat: true });
    wait(3000);
    expect(onConfirm).toHaveBeenCalledTimes(1);
  });

  it("findings 5.17: a tap answers how long to hold, and a press that may not be says why", () => {
    const { button } = show();
    fireEvent.pointerDown(button, { button: 0 });
    wait(200);
    fireEvent.pointerUp(button);
    expect(screen.getByTestId("tip").textContent).toBe("Hold for 1 s");
    wait(3000);
    expect(screen.queryByTestId("tip")).toBeNull();
    cleanup();
    const barred = show({ disabledBecause: "arm it first" }).button;
    fireEvent.pointerDown(barred, { button: 0 });
    expect(screen.getByTestId("tip").textContent).toBe("arm it first");
  });

  it("issue 6: goes to what was named at the press: another subject ends the hold, for good", () => {
    const onConfirm = vi.fn<(subject: string) => void>();
    const of = (subject: string) => (
      <HoldButton label={subject} holdMs={1000} onConfirm={() => onConfirm(subject)} subject={subject} testId="arm" />
    );
    const { rerender } = render(of("SIM-1"));
    fireEvent.pointerDown(screen.getByTestId("arm"), { button: 0 });
    wait(600);
    rerender(of("SIM-2"));
    wait(200);
    rerender(of("SIM-1"));
    wait(3000);
    expect(onConfirm).not.toHaveBeenCalled();
    fireEvent.pointerDown(screen.getByTestId("arm"), { button: 0 });
    wait(1200);
    expect(onConfirm.mock.calls).toEqual([["SIM-1"]]);
  });

  it("stays still and says why when it may not be pressed", () => {
    const { onConfirm, button } = show({ disabledBecause: "GPS not healthy" });
    fireEvent.pointerDown(button, { button: 0 });
    wait(2000);
    expect(onConfirm).not.toHaveBeenCalled();
    expect(button.getAttribute("title")).toBe("GPS not healthy");
    expect(button.getAttribute("aria-disabled")).toBe("true");
  });
});

describe("Button", () => {
  it("gives its reason instead of acting, and stays focusable", () => {
    const onPress = vi.fn();
    render(<Button label="Upload" onPress={onPress} disabledBecause="The plan is empty" testId="b" />);
    const button = screen.getByTestId<HTMLButtonElement>("b");
    fireEvent.click(button);
    expect(onPress).not.toHaveBeenCalled();
    expect([button.title, button.disabled]).toEqual(["The plan is empty", false]);
  });
  it("ignores presses while busy", () => {
    const onPress = vi.fn();
    render(<Button label="Go" onPress={onPress} isBusy testId="b" />);
    fireEvent.click(screen.getByTestId("b"));
    expect(onPress).not.toHaveBeenCalled();
  });
});

describe("NumberField", () => {
  it.each([
    ["12", 12],
    [" 7,5 ", 7.5],
    ["-.5", -0.5],
    ["−3", -3],
    ["", undefined],
    ["1e3", undefined],
    ["12m", undefined],
    [".", undefined],
  ])("reads %j", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  it("tells valid numbers at once, keeps others as typed and marks them", () => {
    const onChange = vi.fn();
    render(
      <NumberField
        label="Height"
        unit="m"
        value={60}
        digits={0}
        min={5}
        max={120}
        step={5}
        onChange={onChange}
        decimalMark="."
        testId="n"
      />,
    );
    const input = screen.getByTestId<HTMLInputElement>("n");
    fireEvent.change(input, { target: { value: "300" } });
    expect(onChange).not.toHaveBeenCalled();
    expect([input.value, input.getAttribute("aria-invalid")]).toEqual(["300", "true"]);
    fireEvent.change(input, { target: { value: "80" } });
    expect(onChange).toHaveBeenLastCalledWith(80);
    fireEvent.keyDown(input, { key: "ArrowUp", shiftKey: true });
    expect(onChange).toHaveBeenLastCalledWith(110);
    fireEvent.blur(input);
    expect(input.value).toBe("60");
  });

  it("findings 5.18: a number out of range says its limits, and is not taken silently; Enter does what the button does", () => {
    const [onChange, onEnter] = [vi.fn(), vi.fn()];
    const field = { label: "Height", unit: "m", value: 60, digits: 0, min: 5, max: 120, step: 5 };
    render(<NumberField {...field} onChange={onChange} onEnter={onEnter} decimalMark="." testId="n" />);
    const input = screen.getByTestId<HTMLInputElement>("n");
    fireEvent.change(input, { target: { value: "300" } });
    expect(screen.getByRole("status").textContent).toContain("5 to 120 m");
    fireEvent.keyDown(input, { key: "Enter" });
    expect(onEnter).not.toHaveBeenCalled();
    fireEvent.blur(input);
    expect(screen.getByRole("status").textContent).toContain("300 was not taken: 5 to 120 m");
    fireEvent.change(input, { target: { value: "80" } });
    expect(screen.queryByRole("status")).toBeNull();
    fireEvent.keyDown(input, { key: "Enter" });
    expect(onEnter).toHaveBeenCalledTimes(1);
  });
});

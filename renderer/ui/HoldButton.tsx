import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { useText } from "../app/text.js";
import type { Tone } from "./Button.js";
import { heldFraction } from "./holding.js";
import { Tip, useTip } from "./Tip.js";

type HoldButtonProps = {
  /** Names the vehicle: "Arm DRAGON-1". */
  readonly label: string;
  readonly hint?: string | undefined;
  readonly holdMs: number;
  readonly onConfirm: () => void;
  readonly disabledBecause?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly isBusy?: boolean | undefined;
  /**
   * What the confirmation is about (vehicle, place, plan): when it changes during a hold, the hold ends without doing
   * anything.
   */
  readonly subject?: string | undefined;
  /** True while its key of the action table is down. */
  readonly isHeldByKey?: boolean | undefined;
  readonly isSmall?: boolean | undefined;
  readonly testId?: string | undefined;
};

const RADIUS = 8;
const ROUND = 2 * Math.PI * RADIUS;

const isHoldKey = (event: KeyboardEvent): boolean => event.key === " " || event.key === "Enter";

/** What the button did and named when it was pressed. */
type Press = { readonly confirm: () => void; readonly subject: string | undefined };

/**
 * Press and hold by pointer, space bar or Enter until the ring is full. Releasing, leaving or losing focus earlier only
 * shows how long to hold. What is confirmed is what the button said when it was pressed.
 */
export function HoldButton(props: HoldButtonProps) {
  const { label, hint, holdMs, disabledBecause, tone = "plain", isBusy, isSmall, testId } = props;
  const t = useText();
  const { tip, showTip } = useTip();
  const { isHeld, fillRef, press, release } = useHold(props, () =>
    showTip(t("app.hold.tip", { seconds: holdMs / 1000 })),
  );
  const onPress = (): void => {
    if (disabledBecause !== undefined) showTip(disabledBecause);
    else press();
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button === 0) onPress();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isHoldKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) onPress();
  };
  const onKeyUp = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (isHoldKey(event)) release();
  };
  return (
    <button
      type="button"
      className={`ui-button ui-hold ui-button--${tone}${isSmall ? " ui-button--small" : ""}`}
      aria-disabled={disabledBecause !== undefined}
      aria-busy={isBusy}
      title={disabledBecause ?? t("app.hold.title", { seconds: holdMs / 1000 })}
      data-testid={testId}
      data-held={isHeld}
      onPointerDown={onPointerDown}
      onPointerUp={(event) => {
        release();
        event.currentTarget.blur();
      }}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onBlur={release}
    >
      {isBusy ? (
        <span className="ui-busy" aria-hidden="true" />
      ) : (
        <svg className="ui-hold__ring" viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r={RADIUS} />
          <circle
            ref={fillRef}
            className="ui-hold__fill"
            cx="10"
            cy="10"
            r={RADIUS}
            strokeDasharray={ROUND}
            strokeDashoffset={ROUND}
          />
        </svg>
      )}
      <span>{label}</span>
      {hint !== undefined && <span className="ui-button__hint">{hint}</span>}
      <Tip words={tip} />
    </button>
  );
}

/** The animation loop draws the ring directly on its element; React does not render meanwhile. */
function useHold(
  { holdMs, onConfirm, subject, disabledBecause, isBusy, isHeldByKey = false }: HoldButtonProps,
  onTap: () => void,
) {
  const [held, setHeld] = useState<Press | undefined>(undefined);
  const fillRef = useRef<SVGCircleElement>(null);
  const isBlocked = disabledBecause !== undefined || isBusy === true;
  const isOn = held !== undefined && !isBlocked && held.subject === subject;

  // Disabled, or about something else now: the press is dropped, and does not continue when the old state comes back.
  if (held !== undefined && !isOn) setHeld(undefined);

  useEffect(() => {
    if (!isOn) return undefined;
    const sinceMs = performance.now();
    const fill = fillRef.current;
    let request = 0;
    const draw = (): void => {
      const fraction = heldFraction(sinceMs, performance.now(), holdMs);
      fill?.setAttribute("stroke-dashoffset", String(ROUND * (1 - fraction)));
      if (fraction < 1) {
        request = requestAnimationFrame(draw);
        return;
      }
      setHeld(undefined);
      held.confirm();
    };
    request = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(request);
      fill?.setAttribute("stroke-dashoffset", String(ROUND));
    };
  }, [isOn, held, holdMs]);

  const press = (): void => {
    if (!isBlocked) setHeld({ confirm: onConfirm, subject });
  };
  const release = (): void => {
    if (held === undefined) return;
    setHeld(undefined);
    onTap();
  };
  const [wasHeldByKey, setWasHeldByKey] = useState(false);
  if (isHeldByKey !== wasHeldByKey) {
    setWasHeldByKey(isHeldByKey);
    if (isHeldByKey) press();
    else release();
  }
  return { isHeld: isOn, fillRef, press, release };
}

import { useEffect, useRef } from "react";
import type { CameraRig } from "./camera/cameraRig.js";
import { niceLengthM } from "./niceLength.js";

const LONGEST_PX = 120;
const REFRESH_MS = 200;

/** Scale bar for the middle of the view, and a north arrow. Written directly to the DOM, five times a second. */
export function ScaleBar({ rig }: { readonly rig: CameraRig }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const refresh = (): void => {
      const element = host.current;
      const scene = element?.closest(".scene");
      if (!element || !scene) return;
      const metresPerPx = (2 * rig.view.rangeM * Math.tan(Math.PI / 9)) / Math.max(1, scene.clientHeight);
      const lengthM = niceLengthM(metresPerPx * LONGEST_PX);
      element.style.setProperty("--scale-px", `${(lengthM / metresPerPx).toFixed(1)}px`);
      element.style.setProperty("--north", `${(-rig.view.azimuthRad).toFixed(3)}rad`);
      const words = lengthM >= 1000 ? `${lengthM / 1000} km` : `${lengthM} m`;
      const text = element.querySelector(".scene-scale-text");
      if (text && text.textContent !== words) text.textContent = words;
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [rig]);
  return (
    <div ref={host} className="scene-scale" aria-hidden="true">
      <svg className="scene-north" viewBox="-12 -12 24 24" width="24" height="24">
        <path d="M0 -10 L5 8 L0 4 L-5 8 Z" />
      </svg>
      <span className="scene-scale-bar" />
      <span className="scene-scale-text" />
    </div>
  );
}

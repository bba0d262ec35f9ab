/** The same renderer, canvas settings and libraries as `CoastScene`, with nothing in it: what a frame costs at least. */
import { Canvas } from "@react-three/fiber";
import { createRoot } from "react-dom/client";

const host = document.getElementById("root");
if (!host) throw new Error("Invariant: the page has a root");
createRoot(host).render(
  <Canvas frameloop="always" flat dpr={[1, 1.5]} gl={{ antialias: true, powerPreference: "high-performance" }} />,
);

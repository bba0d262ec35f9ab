import { existsSync } from "node:fs";
import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const root = path.resolve("renderer");
const decoder = path.join(root, "decoder", "decoder.html");

/** The screens: static files with relative addresses, served by Electron's own scheme, the station or a test. */
export default defineConfig({
  root,
  base: "./",
  plugins: [react()],
  server: { fs: { allow: [path.resolve(".")] } },
  build: {
    target: "chrome114",
    outDir: path.resolve("dist", "renderer"),
    emptyOutDir: true,
    // Fonts stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      input: { index: path.join(root, "index.html"), ...(existsSync(decoder) ? { decoder } : {}) },
    },
  },
});

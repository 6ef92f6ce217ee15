import { defineConfig } from "vite";

/** The loader: one classic script without imports, because it stands in other people's pages. */
export default defineConfig({
  build: {
    target: "es2022",
    lib: { entry: "loader.ts", formats: ["iife"], name: "RoomdeskLoader", fileName: () => "loader.js" },
  },
});

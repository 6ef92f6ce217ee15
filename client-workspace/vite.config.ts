import { defineConfig } from "vite";

/** The workspace: one page of ours, served under /workspace/. */
export default defineConfig({
  base: "/workspace/",
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // a strict content policy allows no data: scripts or fonts
    rollupOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
});

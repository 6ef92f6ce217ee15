import { defineConfig } from "vite";
import { lean } from "./lean.config.ts";

// Few and larger pieces: each one less is one request less, and what packs together packs better.
const base =
  /\/(lit|lit-html|lit-element|@lit|client-ui\/(avatar|events|guarded|icons|theme|words)|client-widget\/(attention|first-words|on-the-page|part|words))\b(?!.*(directive|repeat|keyed|live))|preload-helper/;
/** What only the later ones share. */
const later = /\/protocol\/|\/client-ui\/skeleton-rows\//;

/** The app: an entry with a fixed name, everything that is not needed at once in hashed chunks beside it. */
export default defineConfig({
  base: "./",
  plugins: lean(),
  build: {
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: { app: "app.ts" },
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: {
          groups: [
            { name: "base", test: base },
            { name: "later", test: later },
          ],
        },
      },
    },
  },
});

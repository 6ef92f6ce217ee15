import "@fontsource-variable/inter/opsz.css";
import "./page.css";
import "./define.ts";

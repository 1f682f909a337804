import { render } from "preact";
import { App } from "./app/app";
import { watchIdle } from "./app/idle";
import { startRouter } from "./app/router";
import { watchTyping } from "./app/typed";
import { speakAtFirst } from "./texts";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/desk.css";
import "./styles/forms.css";
import "./styles/print.css";

startRouter();
watchIdle();
watchTyping();
void speakAtFirst().finally(() => {
  const root = document.getElementById("app");
  if (root) render(<App />, root);
});

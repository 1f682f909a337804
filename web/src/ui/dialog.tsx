// A dialog of the browser's own: it holds the focus, closes with Escape and gives the focus back.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ApiProblem, Unreachable } from "../api/client";
import type { Problem } from "../api/types";
import { t } from "../texts";
import { ProblemBox } from "./basic";

export function Dialog({
  title,
  onClose,
  children,
  wide,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.showModal();
    return () => before?.focus?.();
  }, []);
  // The browser closes it without asking on a second Escape in a row. Who may not leave now finds it again.
  const closed = (): void => {
    onClose();
    setTimeout(() => box.current?.isConnected && box.current.showModal());
  };
  return (
    <dialog
      ref={box}
      class={wide ? "wide" : ""}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={closed}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

// Runs a write and keeps what went wrong, for the form to show.
export function useAction(): {
  busy: boolean;
  problem: Problem | null;
  run: (what: () => Promise<void>) => Promise<boolean>;
  clear: () => void;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (what: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await what();
      return true;
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error.problem);
      else if (error instanceof Unreachable) setProblem(unreachable());
      else throw error;
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run, clear: () => setProblem(null) };
}

export const unreachable = (): Problem => ({
  type: "about:blank",
  title: t().common.notSent,
  status: 0,
  code: "unreachable",
  detail: "",
});

// A form in a dialog that ends with one write.
export function FormDialog({
  title,
  about,
  action,
  onClose,
  onSubmit,
  children,
  wide,
  danger,
  ready = true,
}: {
  title: string;
  about?: string | undefined; // whom, where it was opened from a list of several
  action: string;
  onClose: () => void;
  onSubmit: () => Promise<void>;
  children: ComponentChildren;
  wide?: boolean;
  danger?: boolean;
  ready?: boolean;
}): JSX.Element {
  const { busy, problem, run } = useAction();
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy) void run(onSubmit).then((done) => done && onClose());
  };
  // What is being sent cannot be called off, and what comes of it is told here.
  const leave = (): void => {
    if (!busy) onClose();
  };
  return (
    <Dialog title={title} onClose={leave} {...(wide && { wide })}>
      <form onSubmit={submit}>
        {about && (
          <p>
            <strong>{about}</strong>
          </p>
        )}
        {children}
        <ProblemBox problem={problem} />
        <div class="actions">
          <button type="button" class="quiet-button" aria-disabled={busy} onClick={leave}>
            {t().common.cancel}
          </button>
          {/* While it is sent the button keeps the focus: one that is disabled loses it. */}
          <button type="submit" class={danger ? "danger" : "primary"} aria-disabled={busy} disabled={!ready}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

// Who may sign in, as what. An administrator reads no chart.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import { send } from "../api/client";
import type { Role, User } from "../api/types";
import { useResource } from "../app/resource";
import { me } from "../app/state";
import { moment } from "../format/time";
import { useTitle } from "../app/title";
import { t } from "../texts";
import {
  choices,
  Loading,
  Mark,
  ProblemBox,
  Scroll,
  Section,
  SelectField,
  TextField,
  Head,
  ReasonField,
} from "../ui/basic";
import { Dialog, FormDialog, useAction } from "../ui/dialog";
import { isReason, tooLong } from "../ui/reason";
import { Standing } from "../ui/standing";
import { LinkUser } from "./link_user";

const list = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

function Temporary({
  name,
  password,
  onClose,
}: {
  name: string;
  password: string;
  onClose: () => void;
}): JSX.Element {
  const words = t().desk.users;
  return (
    <Dialog title={`${words.temporary}: ${name}`} onClose={onClose}>
      <p>
        <code class="secret">{password}</code>
      </p>
      <p>{words.temporaryHint}</p>
      <div class="actions">
        <button type="button" class="primary" onClick={onClose}>
          {words.copied}
        </button>
      </div>
    </Dialog>
  );
}

function RoleFields({
  role,
  setRole,
  only,
  setOnly,
}: {
  role: Role | "";
  setRole: (v: Role | "") => void;
  only: string;
  setOnly: (v: string) => void;
}): JSX.Element {
  const words = t().desk.users;
  return (
    <>
      <SelectField
        label={words.role}
        value={role}
        onValue={setRole}
        options={choices<Role>(t().common.roles)}
      />
      <TextField label={words.only} hint={words.onlyHint} value={only} onValue={setOnly} />
    </>
  );
}

function Add({
  onDone,
  onClose,
}: {
  onDone: (name: string, password: string) => void;
  onClose: () => void;
}): JSX.Element {
  const [name, setName] = useState("");
  const [display, setDisplay] = useState("");
  const [role, setRole] = useState<Role | "">("");
  const [only, setOnly] = useState("");
  const words = t().desk.users;
  const submit = async (): Promise<void> => {
    const patients = list(only);
    if (role === "") return;
    const made = await send(at("/api/users"), {
      name: name.trim(),
      display: display.trim(),
      role,
      ...(patients.length > 0 && { patients }),
    });
    onDone(made.user.name, made.temporary_password);
  };
  return (
    <FormDialog
      title={words.add}
      action={words.add}
      onClose={onClose}
      onSubmit={submit}
      ready={name.trim() !== "" && display.trim() !== "" && role !== ""}
    >
      <TextField label={words.name} value={name} onValue={setName} />
      <TextField label={words.display} value={display} onValue={setDisplay} />
      <RoleFields role={role} setRole={setRole} only={only} setOnly={setOnly} />
    </FormDialog>
  );
}

function ChangeRole({
  user,
  onDone,
  onClose,
}: {
  user: User;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const [role, setRole] = useState<Role | "">(user.role);
  const [only, setOnly] = useState((user.patients ?? []).join(" "));
  const words = t().desk.users;
  const submit = async (): Promise<void> => {
    const patients = list(only);
    if (role === "") return;
    await send(
      at("/api/users/{name}/role", { name: user.name }),
      { role, ...(patients.length > 0 && { patients }) },
      { etag: `"v${user.version}"` },
    );
    onDone();
  };
  return (
    <FormDialog
      title={`${words.changeRole}: ${user.display}`}
      action={t().common.save}
      onClose={onClose}
      onSubmit={submit}
      ready={role !== ""}
    >
      <RoleFields role={role} setRole={setRole} only={only} setOnly={setOnly} />
    </FormDialog>
  );
}

function Disable({
  user,
  onDone,
  onClose,
}: {
  user: User;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const [reason, setReason] = useState("");
  const words = t().desk.users;
  const submit = async (): Promise<void> => {
    await send(
      at("/api/users/{name}/disable", { name: user.name }),
      { reason: reason.trim() },
      { etag: `"v${user.version}"` },
    );
    onDone();
  };
  return (
    <FormDialog
      title={`${words.disable}: ${user.display}`}
      action={words.disable}
      danger
      onClose={onClose}
      onSubmit={submit}
      ready={isReason(reason)}
    >
      <p>{words.disableHint}</p>
      <ReasonField value={reason} onValue={setReason} error={tooLong(reason)} />
    </FormDialog>
  );
}

function State({ user }: { user: User }): JSX.Element {
  const words = t().desk.users;
  return (
    <>
      <td>
        {!(user.enabled && user.locked_until) && (
          <Mark tone={user.enabled ? "good" : "quiet"}>{user.enabled ? words.enabled : words.disabled}</Mark>
        )}
        {user.locked_until && <Mark tone="warn">{words.lockedUntil(moment(user.locked_until))}</Mark>}
        {user.must_change_password && <Mark tone="look">{words.mustChange}</Mark>}
      </td>
      <td data-label={words.second}>
        <Mark tone={user.second_factor ? "good" : "quiet"}>
          {user.second_factor ? t().common.yes : t().common.no}
        </Mark>
      </td>
    </>
  );
}

type Verb = "enable" | "unlock" | "reset" | "second-factor/remove" | "unlink";

// What ends somebody's work in the middle of it is asked about.
type Sure = "reset" | "second-factor/remove";

function AreYouSure({
  user,
  verb,
  act,
  onClose,
}: {
  user: User;
  verb: Sure;
  act: (verb: Verb) => Promise<void>;
  onClose: () => void;
}): JSX.Element {
  const words = t().desk.users;
  const label = verb === "reset" ? words.reset : words.noSecond;
  return (
    <FormDialog
      title={`${label}: ${user.display}`}
      action={label}
      danger
      onClose={onClose}
      onSubmit={() => act(verb)}
    >
      <p>{words.endsTheirWork}</p>
    </FormDialog>
  );
}

interface RowProps {
  user: User;
  linkable: boolean;
  reload: () => void;
  onTemporary: (name: string, password: string) => void;
}
function Row({ user, linkable, reload, onTemporary }: RowProps): JSX.Element {
  const [doing, setDoing] = useState<"role" | "disable" | Sure | null>(null);
  const action = useAction();
  const words = t().desk.users;
  const act = async (verb: Verb): Promise<void> => {
    const path = at(`/api/users/{name}/${verb}`, { name: user.name });
    const answer = await send(path, {}, { etag: `"v${user.version}"` });
    if ("temporary_password" in answer) onTemporary(user.name, answer.temporary_password);
    reload();
  };
  const self = user.name === me.value?.name;
  const link = (label: string, onClick: () => void): JSX.Element => (
    <button type="button" class="link" disabled={action.busy} onClick={onClick}>
      {label}
      <span class="visually-hidden"> {user.name}</span>
    </button>
  );
  const button = (verb: Verb, label: string): JSX.Element =>
    link(label, () => void action.run(() => act(verb)));
  return (
    <tr class={user.enabled ? "" : "off"}>
      <th scope="row">
        {user.display}
        <div class="quiet small">{user.name}</div>
        {user.link && <div class="quiet small id">{user.link.subject}</div>}
      </th>
      <td>{t().common.roles[user.role] ?? user.role}</td>
      <State user={user} />
      <td class="id" data-label={words.patients}>
        {user.patients?.length ? user.patients.join(" ") : words.all}
      </td>
      <td class="tools">
        {!self && (
          <>
            {link(words.changeRole, () => setDoing("role"))}
            {link(words.reset, () => setDoing("reset"))}
            {user.locked_until && button("unlock", words.unlock)}
            {user.second_factor && link(words.noSecond, () => setDoing("second-factor/remove"))}
            {user.enabled ? link(words.disable, () => setDoing("disable")) : button("enable", words.enable)}
          </>
        )}
        {linkable && !user.link && <LinkUser user={user} onDone={reload} />}
        {user.link && button("unlink", words.unlink)}
        <ProblemBox problem={action.problem} />
        {doing === "role" && <ChangeRole user={user} onDone={reload} onClose={() => setDoing(null)} />}
        {doing === "disable" && <Disable user={user} onDone={reload} onClose={() => setDoing(null)} />}
        {(doing === "reset" || doing === "second-factor/remove") && (
          <AreYouSure user={user} verb={doing} act={act} onClose={() => setDoing(null)} />
        )}
      </td>
    </tr>
  );
}

export default function Users(): JSX.Element {
  const users = useResource(at("/api/users"));
  const { data, problem, reload } = users;
  const ways = useResource(at("/api/sign-in/ways")).data;
  const [adding, add] = useState(false);
  const [temporary, setTemporary] = useState<{ name: string; password: string } | null>(null);
  const words = t().desk.users;
  useTitle(words.title);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  const show = (name: string, password: string): void => {
    setTemporary({ name, password });
    reload();
  };
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
        <button type="button" class="primary" onClick={() => add(true)}>
          {words.add}
        </button>
      </header>
      <Standing of={users} />
      <Section title={words.title}>
        <Scroll label={words.title}>
          <table class="users stacks">
            <Head of={[words.display, words.role, words.state, words.second, words.patients, words.act]} />
            <tbody>
              {data.users.map((u) => (
                <Row
                  key={u.name}
                  user={u}
                  linkable={Boolean(ways?.provider)}
                  reload={reload}
                  onTemporary={show}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      </Section>
      {adding && <Add onDone={show} onClose={() => add(false)} />}
      {temporary && <Temporary {...temporary} onClose={() => setTemporary(null)} />}
    </div>
  );
}

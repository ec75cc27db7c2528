// Written by `make generate` from backend/bridge/contract. Do not edit.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Failure {
  code: string;
  message: string;
  hint: string;
  /** What is wrong with a field, by its key. */
  fields?: Record<string, string>;
  /** What is wrong with an automation. */
  problems?: Problem[];
}

export type Envelope<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** What `GET /api/session` gives: `token` goes into the header X-Loopi of every POST. */
export interface Session {
  token: string;
}

/** One message of `GET /api/events`. `resync`: some were lost, ask again for everything. */
export type Notice =
  | { topic: "run"; events: RunEvent[] }
  | { topic: "credentials" }
  | { topic: "automations" }
  | { topic: "schedules" }
  | { topic: "history" }
  | { topic: "settings" }
  | { topic: "vault" }
  | { topic: "closing" }
  | { topic: "resync" };

/** Started at Unix time in seconds. `is_here`: in this program, not in another one of this user. */
export interface ActiveRun {
  runId: string;
  automationId: string;
  name: string;
  startedAt: number;
  isHere: boolean;
}

/** `platform` is a value of `sys.platform`; `user_data` the folder of all files. */
export interface AppInfo {
  version: string;
  userData: string;
  platform: string;
  isWindow: boolean;
  theme: "system" | "light" | "dark";
  folders: Folder[];
}

/** As in AutomationView. */
export interface AutomationCheck {
  problems: Problem[];
  warnings: Problem[];
  cost?: Cost;
}

export interface AutomationCreate {
  name: string;
}

export interface AutomationDocument {
  document: Record<string, Json>;
}

/** One line of the list. `steps` counts nested ones; `problem` says why the file cannot be read. */
export interface AutomationEntry {
  id: string;
  name: string;
  description: string;
  steps: number;
  updatedAt: string;
  missingCredentials: number;
  problem?: string;
}

/** The file's text, without secrets. */
export interface AutomationExport {
  text: string;
  fileName: string;
  needs: NeededCredential[];
}

export interface AutomationId {
  id: string;
}

/** `moved_keys` counts the steps whose keys stood in the file in plain text, and are in the vault now. `missing` are the credentials that the file refers to and that are not saved here. `notes` say what of the user's it would use. */
export interface AutomationImported {
  id: string;
  name: string;
  movedKeys: number;
  missing: string[];
  notes: string[];
}

/** `version` is the one that the document was made from; without it, whatever is there is replaced. */
export interface AutomationSave {
  document: Record<string, Json>;
  version?: string;
}

/** The text of an automation's file. */
export interface AutomationText {
  text: string;
}

/** The document as the file has it, and what a check says of it. `version` names this state of it. `cost` is None for what costs nothing, and for what cannot run. */
export interface AutomationView {
  document: Record<string, Json>;
  version: string;
  problems: Problem[];
  warnings: Problem[];
  cost?: Cost;
}

/** Names or ids; with an automation go those it runs and the credentials it names. Or everything. */
export interface BundleExport {
  passphrase: string;
  automations?: string[];
  credentials?: string[];
  everything?: boolean;
}

/** The encrypted file in base64, what to call it, and how much is in it. */
export interface BundleFile {
  content: string;
  fileName: string;
  automations: number;
  credentials: number;
}

/** `content` is a bundle in base64. */
export interface BundleImport {
  content: string;
  passphrase: string;
}

/** What a run costs in US dollars as far as it can be counted; `words` tells of the other loops too. `asks`: it posts in a loop, so `runs.start` wants to be told that it was confirmed. */
export interface Cost {
  least: number;
  most: number;
  words: string;
  asks: boolean;
}

/** `open_fields` names the fields to be shown, in types with fields of one's own. With an `owner` it is private: not listed, and deleted with the steps of its automation that name it. */
export interface CredentialCreate {
  type: string;
  name: string;
  fields: Record<string, string>;
  openFields?: string[];
  allowedHosts?: string[];
  owner?: Owner;
}

export interface CredentialDelete {
  id: string;
  version: number;
}

export interface CredentialId {
  id: string;
}

export interface CredentialList {
  entries: Entry[];
  trash: Entry[];
  problems: CredentialProblem[];
}

/** Something to know about a field that was saved all the same. */
export interface CredentialNotice {
  code: string;
  field: string;
  message: string;
}

/** An entry of the vault, or a type of the user's own, that cannot be used. */
export interface CredentialProblem {
  code: string;
  message: string;
  hint: string;
}

export interface CredentialRestore {
  id: string;
  name?: string;
}

export interface CredentialSaved {
  entry: Entry;
  notices: CredentialNotice[];
}

/** What a request with it came to. `unclear`: the answer says nothing of it; `untestable`: none sent. */
export interface CredentialTested {
  outcome: "works" | "refused" | "expired" | "unclear" | "untestable";
  message: string;
  hint: string;
  entry: Entry;
}

/** `schema` is the JSON Schema of its values; `has_own_fields`: fields of the user's own naming too. */
export interface CredentialType {
  id: string;
  title: string;
  description: string;
  icon: string;
  isBuiltin: boolean;
  schema: Record<string, Json>;
  setup: SetupStep[];
  fields: TypeField[];
  hasOwnFields: boolean;
}

/** `version` is the one the edit was made from. What is left out stays as it is. */
export interface CredentialUpdate {
  id: string;
  version: number;
  name?: string;
  changes?: Record<string, FieldChange>;
  allowedHosts?: string[];
  openFields?: string[];
}

export interface CredentialUsage {
  steps: UsedByStep[];
  runs: UsedByRun[];
}

/** A step as a command, with names such as `$API_KEY` in place of secrets. */
export interface CurlCommand {
  text: string;
  notes: string[];
}

/** `credential` is the name of the one that was saved for the secrets; `notes` say what was not taken. */
export interface CurlImported {
  automation: AutomationView;
  notes: string[];
  credential?: string;
}

/** A command as a step. `credential` is the name of the one that was saved for its secrets. */
export interface CurlStep {
  step: Record<string, Json>;
  notes: string[];
  credential?: string;
}

/** A command of curl. It may hold secrets: no answer and no message repeats it. */
export interface CurlText {
  text: string;
}

/** A credential as it is shown. `hosts` are where it may go: its own, else those of its type. Times are ISO 8601 in UTC. `used_by` counts steps. */
export interface Entry {
  id: string;
  name: string;
  type: string;
  createdAt: string;
  updatedAt: string;
  version: number;
  allowedHosts: string[];
  hosts: string[];
  fields: Record<string, FieldState>;
  usedBy: number;
  standing: Standing;
  lastUsedAt?: string;
  deletedAt?: string;
}

/** An automation that comes with the program; `title` is what it is called there. */
export interface Example {
  name: string;
  title: string;
  description: string;
}

export interface ExampleName {
  name: string;
}

/** `value` belongs to `set`. */
export interface FieldChange {
  op: "keep" | "set" | "clear";
  value?: string;
}

/** `value` is there for a field that is set and not secret. */
export interface FieldState {
  set: boolean;
  secret: boolean;
  value?: string;
}

/** A place where the program keeps something: `what` in words. */
export interface Folder {
  what: string;
  path: string;
}

/** Times are Unix time in seconds. `interrupted`: the program ended before the run did. `missed`: a schedule's time went by, and `error_message` says why. Nothing was run: there are no events. `kind`: a dry run and a replay sent nothing; nothing goes on from them. */
export interface HistoryEntry {
  runId: string;
  automationId: string;
  name: string;
  startedAt: number;
  finishedAt: number | null;
  outcome: "succeeded" | "failed" | "cancelled" | "interrupted" | "running" | "missed";
  errorCode: string | null;
  errorMessage: string | null;
  kind?: "real" | "dry" | "replay";
}

/** `since` and `before` are Unix times in seconds: runs that began then or later, and earlier. `text` is looked for in the name, the id and what went wrong. `limit` is 1 to 500. */
export interface HistoryFilter {
  automationId?: string;
  outcome?: "succeeded" | "failed" | "cancelled" | "interrupted" | "running" | "missed";
  since?: number;
  before?: number;
  text?: string;
  limit?: number;
}

/** What was saved, and in `notes` what was not taken, and why. */
export interface ImportReport {
  automations: ImportedItem[];
  credentials: ImportedItem[];
  notes: string[];
}

/** A program, and what of it is read. */
export interface ImportSource {
  id: string;
  title: string;
  what: string;
}

/** What its files hold. `password` is the key of the Electron app, if not its usual one. */
export interface ImportTexts {
  source: string;
  texts: string[];
  password?: string;
}

export interface ImportedItem {
  id: string;
  name: string;
}

/** A file to be saved under a name that the person may change. `content` is base64. */
export interface NamedFile {
  fileName: string;
  content: string;
}

/** A credential that the file refers to and does not hold. */
export interface NeededCredential {
  name: string;
  type: string;
}

export type Nothing = Record<string, never>;

/** The step that a private credential belongs to. */
export interface Owner {
  automationId: string;
  stepId: string;
}

/** What is wrong, or worth a warning: `path` is like `steps[2].then[0].url`. */
export interface Problem {
  path: string;
  message: string;
}

export interface RemovePassphrase {
  current: string;
}

/** The request, secrets as bullets, and placeholders where there is no value yet; or why there is none. */
export interface RequestPreview {
  method: string;
  url: string;
  headers: Record<string, Json>;
  body: string;
  message: string;
  hint: string;
}

/** `content` is a vault file in base64; the passphrase is the copy's, where it has one. */
export interface RestoreCopy {
  content: string;
  passphrase?: string;
}

/** For a run that is paused: on to the next breakpoint, or to the next step. */
export interface RunContinue {
  runId: string;
  mode?: "continue" | "step";
}

/** A step that was at work when the run was interrupted: nobody knows whether it was done. `at` is Unix time in seconds. `must_ask`: the service cannot be asked, or `note` says why that did not help, so only a person can tell. */
export interface RunDoubt {
  path: string;
  stepId: string;
  description: string;
  at: number;
  note: string;
  mustAsk: boolean;
}

/** Only events whose `seq` is above `after`. */
export interface RunEventsOf {
  runId: string;
  after?: number;
}

/** A file's name, and its text: the events as recorded, one JSON object a line, without secrets. */
export interface RunExport {
  name: string;
  text: string;
}

export interface RunId {
  runId: string;
}

/** `answers` say by the path of a step whether what it had begun was done. */
export interface RunResume {
  runId: string;
  answers?: Record<string, boolean>;
}

/** First values of variables by name; credentials (id or name) by step id. `from_step` is the id of a step to begin at, with the values of the run `from_run`: one of the first level, or any with `is_only`, when no other step is run. `dry_run`: everything is resolved and nothing is sent. `breakpoints` are the ids of steps that the run waits before. `is_confirmed`: a person was told what it costs and that it posts in a loop, and agreed. */
export interface RunStart {
  automationId: string;
  variables?: Record<string, Json>;
  credentials?: Record<string, string>;
  fromStep?: string;
  fromRun?: string;
  isConfirmed?: boolean;
  isOnly?: boolean;
  dryRun?: boolean;
  breakpoints?: string[];
}

/** Where it was saved; None when the person thought better of it. */
export interface SavedFile {
  path?: string;
}

export interface ScheduleCreate {
  automationId: string;
  trigger: ScheduleTrigger;
  options: ScheduleOptions;
}

/** `when` says it in words. `automation_name` is missing when the automation is gone. `over`: its time has passed. `waitingForUnlock`: a run begins when the vault is unlocked. */
export interface ScheduleEntry {
  id: string;
  automationId: string;
  trigger: ScheduleTrigger;
  options: ScheduleOptions;
  state: "on" | "off" | "running" | "waitingForUnlock" | "over";
  when: string;
  next: ScheduleTime[];
  automationName?: string;
}

export interface ScheduleId {
  id: string;
}

/** `limit` is how many `runAll` runs. Without `grace_minutes`: 12 hours, or one for what posts. */
export interface ScheduleOptions {
  missed?: "skip" | "runOnce" | "runAll";
  limit?: number;
  graceMinutes?: number;
  overlap?: "skip" | "queue" | "parallel";
  notifies?: boolean;
}

/** `at` is Unix time in seconds; `words` as clocks show it in the zone of the schedule. */
export interface ScheduleTime {
  at: number;
  words: string;
}

/** The next times: none for what runs whenever the program starts. */
export interface ScheduleTimes {
  next: ScheduleTime[];
}

/** `minutes` belong to `interval`, `expression` to `cron`, `at` to `once`: a time as clocks show it. They are those of `zone`; without it, this computer's. */
export interface ScheduleTrigger {
  kind: "interval" | "cron" | "once" | "programStart";
  minutes?: number;
  expression?: string;
  at?: string;
  zone?: string;
}

export interface ScheduleUpdate {
  id: string;
  trigger: ScheduleTrigger;
  options: ScheduleOptions;
}

/** How many runs begin when the vault is unlocked. */
export interface ScheduleWaiting {
  runs: number;
}

/** All names of the IANA list, and this computer's own. */
export interface ScheduleZones {
  own: string;
  names: string[];
}

/** `current` is needed when there is one already. */
export interface SetPassphrase {
  new: string;
  current?: string;
}

/** What holds for all runs, and how the page looks. The history keeps the newest `history_runs`, and none that began more than `history_days` ago. Without a `files_folder`, steps read and write files in the usual one. `ca_file` is trusted besides the system's. */
export interface Settings {
  theme: "system" | "light" | "dark";
  xBaseUrl: string;
  requestTimeoutSeconds: number;
  maxResponseBytes: number;
  maxRedirects: number;
  maxLimitWaitSeconds: number;
  proxyUrl: string | null;
  allowLinkLocal: boolean;
  filesFolder: string;
  caFile: string;
  autoLockMinutes: number;
  historyDays: number;
  historyRuns: number;
}

/** What is left out stays as it is; an empty `proxy_url` removes the proxy. */
export interface SettingsUpdate {
  theme?: "system" | "light" | "dark";
  xBaseUrl?: string;
  requestTimeoutSeconds?: number;
  maxResponseBytes?: number;
  maxRedirects?: number;
  maxLimitWaitSeconds?: number;
  proxyUrl?: string;
  allowLinkLocal?: boolean;
  filesFolder?: string;
  caFile?: string;
  autoLockMinutes?: number;
  historyDays?: number;
  historyRuns?: number;
}

/** What the user does at the provider to get the keys. */
export interface SetupStep {
  title: string;
  text: string;
  url?: string;
}

/** Whether it works, as far as is known: `message` says why it does not, `hint` what to do. */
export interface Standing {
  status: "ready" | "untested" | "attention" | "expired" | "unused";
  message: string;
  hint: string;
}

/** One step of a saved automation. */
export interface StepOf {
  id: string;
  stepId: string;
}

/** A step as the editor has it; `values` by name: first values of variables, what the last run left. */
export interface StepToShow {
  step: Record<string, Json>;
  values: Record<string, Json>;
}

/** `blocks` are the fields that hold steps. `request_fields` make the request and may hold credentials. `credential_types` are those that fit: empty when the step takes none, `["*"]` for any. */
export interface StepType {
  type: string;
  group: "services" | "data" | "flow";
  title: string;
  description: string;
  icon: string;
  schema: Record<string, Json>;
  blocks: string[];
  requestFields: string[];
  credentialTypes: string[];
}

/** A filter of `{{ value | name }}`: what it does, in a few words. */
export interface TemplateFilter {
  name: string;
  about: string;
}

/** X's count, with a placeholder for nothing; `limit` is what most accounts may post. */
export interface TweetLength {
  length: number;
  limit: number;
  hasPlaceholder: boolean;
}

export interface TweetText {
  text: string;
}

/** One field of a type; `choices` is empty when any value goes. */
export interface TypeField {
  key: string;
  title: string;
  description: string;
  isSecret: boolean;
  isRequired: boolean;
  kind: "string" | "number" | "integer" | "boolean";
  choices: string[];
  examples: string[];
}

/** Without a passphrase: try the keys of this computer again. */
export interface Unlock {
  passphrase?: string;
}

/** A run that goes on now and uses it. */
export interface UsedByRun {
  runId: string;
  name: string;
}

/** `path` leads to the step: `steps[1].then[0]`. `step_description` may be empty. */
export interface UsedByStep {
  automationId: string;
  automationName: string;
  stepId: string;
  stepDescription: string;
  path: string;
}

/** The encrypted file in base64, and what to call it. */
export interface VaultCopy {
  content: string;
  fileName: string;
}

/** Why the vault does not open. */
export interface VaultProblem {
  code: string;
  message: string;
  hint: string;
}

/** One key that opens the vault, without its secret: `iter` is the cost of its derivation. */
export interface VaultSlot {
  type: string;
  kid: string;
  iter: number;
}

/** `needs` says what opens it: `key` is a keychain or a key file that does not answer, `repair` a backup. `problem` is there when `needs` is `key` or `repair`. */
export interface VaultStatus {
  path: string;
  exists: boolean;
  hasBackup: boolean;
  generation: number;
  slots: VaultSlot[];
  hasPassphrase: boolean;
  isPrivate: boolean;
  isUnlocked: boolean;
  isLocked: boolean;
  needs: "nothing" | "passphrase" | "key" | "repair";
  source: string | null;
  protection: string;
  problem?: VaultProblem;
}

/** The answer to the topic `closing`: runs go on, shall they be stopped and the window closed? */
export interface WindowClose {
  shouldClose: boolean;
}

/** What is shown now: `view` is what follows # in the address, `is_dark` how the page looks. */
export interface WindowView {
  title: string;
  view: string;
  isDark: boolean;
}

export interface Stamp {
  runId: string;
  seq: number;
  at: number;
  path: string;
}

/** The run began with these variables; `content_hash` pins the automation. */
export interface RunStarted extends Stamp {
  type: "RunStarted";
  automationId: string;
  name: string;
  contentHash: string;
  variables: Record<string, Json>;
}

/** A step began. */
export interface StepStarted extends Stamp {
  type: "StepStarted";
  stepId: string;
  stepType: string;
  description: string;
}

/** A request left. `url`, `headers` and `body` show every credential as bullets. */
export interface RequestSent extends Stamp {
  type: "RequestSent";
  method: string;
  url: string;
  headers: Record<string, Json>;
  body: string;
}

/** An answer arrived after `elapsed_s` seconds with `size_bytes` of decoded body. */
export interface ResponseReceived extends Stamp {
  type: "ResponseReceived";
  status: number;
  url: string;
  headers: Record<string, Json>;
  sizeBytes: number;
  elapsedS: number;
}

/** Attempt `attempt` failed; the next one starts at `until` (Unix seconds), or after `delay_s`. */
export interface StepRetrying extends Stamp {
  type: "StepRetrying";
  attempt: number;
  error: Record<string, Json>;
  delayS: number;
  until: number | null;
}

/** A step waits until a Unix time, since a limit of its service is used up; `limit` names it. */
export interface StepWaiting extends Stamp {
  type: "StepWaiting";
  until: number;
  limit: string;
}

/** A step ended. `output` is what it leaves under `steps.<id>`. The output's `data` went to the variable `stored_as`. */
export interface StepFinished extends Stamp {
  type: "StepFinished";
  stepId: string;
  outcome: "succeeded" | "failed" | "skipped" | "cancelled" | "unknown";
  output: Record<string, Json>;
  storedAs: string | null;
  error: Record<string, Json> | null;
}

/** Round `index` (from 0) of a loop began; `total` is None when it is not known. */
export interface LoopEntered extends Stamp {
  type: "LoopEntered";
  index: number;
  total: number | null;
}

/** A condition was decided: `branch` names the block that runs. */
export interface BranchTaken extends Stamp {
  type: "BranchTaken";
  branch: string;
}

/** A variable got a value. */
export interface VariableSet extends Stamp {
  type: "VariableSet";
  name: string;
  value: Json;
}

/** The time, a random number or the like was taken for a step: a replay takes these again. */
export interface ValuesTaken extends Stamp {
  type: "ValuesTaken";
  values: Record<string, Json>;
}

/** Nothing is sent in this run. `kind`: nothing was to be sent, or the run `of_run` is replayed. A dry run takes answers from `of_run` too; it is empty when there was none. */
export interface RunRehearsed extends Stamp {
  type: "RunRehearsed";
  kind: "dry" | "replay";
  ofRun: string;
}

/** A step was not sent: it left what it left in the run `of_run`, or placeholders when that is empty. */
export interface AnswerTaken extends Stamp {
  type: "AnswerTaken";
  ofRun: string;
}

/** The replay does not do what the recorded run did here. */
export interface Differed extends Stamp {
  type: "Differed";
  recorded: string;
  now: string;
}

/** The run waits before this step, until somebody says how it goes on. */
export interface RunPaused extends Stamp {
  type: "RunPaused";
  stepId: string;
}

/** A run that was paused goes on: `mode` says how far. */
export interface RunContinued extends Stamp {
  type: "RunContinued";
  mode: "continue" | "step";
}

/** The run ended. When it failed, `error` is `{"code", "message", "hint"}`, with the step's `path`. */
export interface RunFinished extends Stamp {
  type: "RunFinished";
  outcome: "succeeded" | "failed" | "cancelled";
  error: Record<string, Json> | null;
}

export type RunEvent = RunStarted | StepStarted | RequestSent | ResponseReceived | StepRetrying | StepWaiting | StepFinished | LoopEntered | BranchTaken | VariableSet | ValuesTaken | RunRehearsed | AnswerTaken | Differed | RunPaused | RunContinued | RunFinished;

export interface Methods {
  "app.info": { params: Nothing; result: AppInfo };
  "app.active": { params: Nothing; result: Nothing };
  "settings.get": { params: Nothing; result: Settings };
  "settings.update": { params: SettingsUpdate; result: Settings };
  "vault.status": { params: Nothing; result: VaultStatus };
  "vault.unlock": { params: Unlock; result: VaultStatus };
  "vault.lock": { params: Nothing; result: VaultStatus };
  "vault.setPassphrase": { params: SetPassphrase; result: VaultStatus };
  "vault.removePassphrase": { params: RemovePassphrase; result: VaultStatus };
  "vault.restore": { params: Unlock; result: VaultStatus };
  "vault.startAnew": { params: Nothing; result: VaultStatus };
  "vault.copy": { params: Nothing; result: VaultCopy };
  "vault.restoreCopy": { params: RestoreCopy; result: VaultStatus };
  "credentials.types": { params: Nothing; result: CredentialType[] };
  "credentials.list": { params: Nothing; result: CredentialList };
  "credentials.get": { params: CredentialId; result: Entry };
  "credentials.create": { params: CredentialCreate; result: CredentialSaved };
  "credentials.update": { params: CredentialUpdate; result: CredentialSaved };
  "credentials.delete": { params: CredentialDelete; result: Entry };
  "credentials.restore": { params: CredentialRestore; result: Entry };
  "credentials.usage": { params: CredentialId; result: CredentialUsage };
  "credentials.private": { params: AutomationId; result: Entry[] };
  "credentials.test": { params: CredentialId; result: CredentialTested };
  "automations.list": { params: Nothing; result: AutomationEntry[] };
  "automations.get": { params: AutomationId; result: AutomationView };
  "automations.save": { params: AutomationSave; result: AutomationView };
  "automations.create": { params: AutomationCreate; result: AutomationView };
  "automations.duplicate": { params: AutomationId; result: AutomationView };
  "automations.delete": { params: AutomationId; result: Nothing };
  "automations.import": { params: AutomationText; result: AutomationImported };
  "automations.importCurl": { params: CurlText; result: CurlImported };
  "automations.curl": { params: StepOf; result: CurlCommand };
  "automations.export": { params: AutomationId; result: AutomationExport };
  "automations.check": { params: AutomationDocument; result: AutomationCheck };
  "automations.examples": { params: Nothing; result: Example[] };
  "automations.addExample": { params: ExampleName; result: AutomationView };
  "bundle.export": { params: BundleExport; result: BundleFile };
  "bundle.import": { params: BundleImport; result: ImportReport };
  "window.follow": { params: WindowView; result: Nothing };
  "window.close": { params: WindowClose; result: Nothing };
  "dialogs.saveFile": { params: NamedFile; result: SavedFile };
  "steps.types": { params: Nothing; result: StepType[] };
  "steps.filters": { params: Nothing; result: TemplateFilter[] };
  "steps.preview": { params: StepToShow; result: RequestPreview };
  "steps.fromCurl": { params: CurlText; result: CurlStep };
  "steps.tweetLength": { params: TweetText; result: TweetLength };
  "imports.sources": { params: Nothing; result: ImportSource[] };
  "imports.read": { params: ImportTexts; result: ImportReport };
  "schedules.list": { params: Nothing; result: ScheduleEntry[] };
  "schedules.create": { params: ScheduleCreate; result: ScheduleEntry };
  "schedules.update": { params: ScheduleUpdate; result: ScheduleEntry };
  "schedules.delete": { params: ScheduleId; result: Nothing };
  "schedules.enable": { params: ScheduleId; result: ScheduleEntry };
  "schedules.disable": { params: ScheduleId; result: ScheduleEntry };
  "schedules.times": { params: ScheduleTrigger; result: ScheduleTimes };
  "schedules.zones": { params: Nothing; result: ScheduleZones };
  "schedules.waiting": { params: Nothing; result: ScheduleWaiting };
  "runs.start": { params: RunStart; result: RunId };
  "runs.stop": { params: RunId; result: Nothing };
  "runs.resume": { params: RunResume; result: RunId };
  "runs.continue": { params: RunContinue; result: Nothing };
  "runs.replay": { params: RunId; result: RunId };
  "runs.doubts": { params: RunId; result: RunDoubt[] };
  "runs.active": { params: Nothing; result: ActiveRun[] };
  "runs.events": { params: RunEventsOf; result: RunEvent[] };
  "history.list": { params: HistoryFilter; result: HistoryEntry[] };
  "history.get": { params: RunId; result: HistoryEntry };
  "history.delete": { params: RunId; result: Nothing };
  "history.export": { params: RunId; result: RunExport };
}

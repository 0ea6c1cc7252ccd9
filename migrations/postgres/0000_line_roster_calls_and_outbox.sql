CREATE TABLE "alerts" (
	"message_id" text NOT NULL,
	"team_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"conference_id" text,
	"participant_id" text,
	"call_sid" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "alerts_channel_id_call_sid_pk" PRIMARY KEY("channel_id","call_sid")
);
--> statement-breakpoint
CREATE TABLE "call_legs" (
	"call_sid" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"phone_number" text,
	"verdict" text,
	"stage" text NOT NULL,
	"step" integer NOT NULL,
	"tries_used" integer NOT NULL,
	"silent_rounds" integer NOT NULL,
	"conference_id" text,
	"participant_id" text,
	"session_id" text,
	"label" text,
	"started_at" bigint NOT NULL,
	"last_news_at" bigint NOT NULL,
	"verified_at" bigint,
	"admitted_at" bigint,
	"ended_at" bigint,
	"failure" text,
	"last_failure_at" bigint
);
--> statement-breakpoint
CREATE TABLE "conferences" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"title" text NOT NULL,
	"grace_seconds" integer NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"team_id" text NOT NULL,
	"conference_id" text,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"actor_user_id" text,
	"participant_id" text,
	"call_sid" text,
	"session_id" text,
	"message_id" text,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"key" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"run_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"lane" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"next_at" bigint NOT NULL,
	"lease_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lines" (
	"team_id" text PRIMARY KEY NOT NULL,
	"alerts_channel_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lockouts" (
	"team_id" text NOT NULL,
	"conference_id" text NOT NULL,
	"phone_number" text NOT NULL,
	"failures" integer NOT NULL,
	"locked_until" bigint,
	CONSTRAINT "lockouts_conference_id_phone_number_pk" PRIMARY KEY("conference_id","phone_number")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"kind" text NOT NULL,
	"session_id" text,
	"created_at" bigint NOT NULL,
	"revision" integer NOT NULL,
	"shown_revision" integer NOT NULL,
	"uncertain_since" bigint,
	"ts" text
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"team_id" text NOT NULL,
	"lane" text NOT NULL,
	"urgency" integer NOT NULL,
	"effect" jsonb NOT NULL,
	"dedupe_key" text NOT NULL,
	"run_at" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"parked_reason" text
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"conference_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"slack_user_id" text,
	"role" text NOT NULL,
	"phone_number" text,
	"added_at" bigint NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "phone_numbers" (
	"team_id" text NOT NULL,
	"phone_number" text NOT NULL,
	"verification_sid" text,
	"verification_started_at" bigint,
	"checks" integer DEFAULT 0 NOT NULL,
	"approved_sid" text,
	"approved_call_sid" text,
	"texts_sent_at" jsonb NOT NULL,
	"send_is_uncertain" boolean DEFAULT false NOT NULL,
	"busy_with" text,
	"busy_until" bigint,
	CONSTRAINT "phone_numbers_team_id_phone_number_pk" PRIMARY KEY("team_id","phone_number")
);
--> statement-breakpoint
CREATE TABLE "room_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "room_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"team_id" text NOT NULL,
	"session_id" text NOT NULL,
	"conference_sid" text NOT NULL,
	"sequence_number" integer,
	"kind" text NOT NULL,
	"call_sid" text,
	"muted" boolean,
	"on_hold" boolean,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"conference_id" text NOT NULL,
	"name" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"started_at" bigint,
	"grace_until" bigint,
	"ended_at" bigint,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "slack_requests" (
	"key" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voice_steps" (
	"call_sid" text NOT NULL,
	"step" integer NOT NULL,
	"team_id" text NOT NULL,
	"answer" jsonb,
	"lease_until" bigint NOT NULL,
	CONSTRAINT "voice_steps_call_sid_step_pk" PRIMARY KEY("call_sid","step")
);
--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_conference_id_conferences_id_fk" FOREIGN KEY ("conference_id") REFERENCES "public"."conferences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_call_sid_call_legs_call_sid_fk" FOREIGN KEY ("call_sid") REFERENCES "public"."call_legs"("call_sid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_legs" ADD CONSTRAINT "call_legs_conference_id_conferences_id_fk" FOREIGN KEY ("conference_id") REFERENCES "public"."conferences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_legs" ADD CONSTRAINT "call_legs_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_legs" ADD CONSTRAINT "call_legs_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_conference_id_conferences_id_fk" FOREIGN KEY ("conference_id") REFERENCES "public"."conferences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lockouts" ADD CONSTRAINT "lockouts_conference_id_conferences_id_fk" FOREIGN KEY ("conference_id") REFERENCES "public"."conferences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_conference_id_conferences_id_fk" FOREIGN KEY ("conference_id") REFERENCES "public"."conferences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_events" ADD CONSTRAINT "room_events_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_conference_id_conferences_id_fk" FOREIGN KEY ("conference_id") REFERENCES "public"."conferences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voice_steps" ADD CONSTRAINT "voice_steps_call_sid_call_legs_call_sid_fk" FOREIGN KEY ("call_sid") REFERENCES "public"."call_legs"("call_sid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_message" ON "alerts" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "alerts_channel" ON "alerts" USING btree ("channel_id","at");--> statement-breakpoint
CREATE INDEX "alerts_call" ON "alerts" USING btree ("call_sid");--> statement-breakpoint
CREATE INDEX "call_legs_open" ON "call_legs" USING btree ("last_news_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "call_legs_number" ON "call_legs" USING btree ("phone_number","started_at");--> statement-breakpoint
CREATE INDEX "call_legs_session" ON "call_legs" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conferences_channel" ON "conferences" USING btree ("team_id","channel_id");--> statement-breakpoint
CREATE INDEX "events_conference" ON "events" USING btree ("conference_id","id");--> statement-breakpoint
CREATE INDEX "events_session" ON "events" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "events_message" ON "events" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("run_at");--> statement-breakpoint
CREATE INDEX "lockouts_number" ON "lockouts" USING btree ("phone_number");--> statement-breakpoint
CREATE INDEX "messages_session" ON "messages" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "messages_waiting" ON "messages" USING btree ("channel_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_dedupe" ON "outbox" USING btree ("dedupe_key") WHERE parked_reason is null;--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("lane","run_at") WHERE parked_reason is null;--> statement-breakpoint
CREATE UNIQUE INDEX "participants_number" ON "participants" USING btree ("conference_id","phone_number") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "participants_user" ON "participants" USING btree ("conference_id","slack_user_id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "participants_caller" ON "participants" USING btree ("phone_number","team_id") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "room_events_natural_key" ON "room_events" USING btree ("conference_sid","sequence_number");--> statement-breakpoint
CREATE INDEX "room_events_session" ON "room_events" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_name" ON "sessions" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_open" ON "sessions" USING btree ("conference_id") WHERE ended_at is null;
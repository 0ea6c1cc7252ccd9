CREATE TABLE "answers" (
	"series_id" text NOT NULL,
	"team_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"answer" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "answers_series_id_participant_id_pk" PRIMARY KEY("series_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "dial_outs" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"session_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"attempts_before" integer NOT NULL,
	"call_sid" text,
	"uncertain_since" bigint,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"conference_id" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"notes" text NOT NULL,
	"starts_local" text NOT NULL,
	"zone" text NOT NULL,
	"minutes" integer NOT NULL,
	"rule" text,
	"until_day" text,
	"invitee_ids" jsonb,
	"channel_reminder_minutes" integer,
	"personal_reminder_minutes" integer,
	"calls_everyone" boolean NOT NULL,
	"sequence" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint,
	"handled_until" bigint NOT NULL,
	"cancelled_at" bigint,
	"finished_at" bigint
);
--> statement-breakpoint
CREATE TABLE "series_exceptions" (
	"series_id" text NOT NULL,
	"team_id" text NOT NULL,
	"day" text NOT NULL,
	"is_cancelled" boolean NOT NULL,
	"title" text,
	"notes" text,
	"starts_local" text,
	"minutes" integer,
	CONSTRAINT "series_exceptions_series_id_day_pk" PRIMARY KEY("series_id","day")
);
--> statement-breakpoint
ALTER TABLE "call_legs" ADD COLUMN "dial_out_id" text;--> statement-breakpoint
ALTER TABLE "conferences" ADD COLUMN "entry" text DEFAULT 'anytime' NOT NULL;--> statement-breakpoint
ALTER TABLE "conferences" ADD COLUMN "early_minutes" integer DEFAULT 15 NOT NULL;--> statement-breakpoint
ALTER TABLE "conferences" ADD COLUMN "calendar_token" text;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "time_zone_data" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "series_id" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "day" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "series_id" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "day" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "expected_until" bigint;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dial_outs" ADD CONSTRAINT "dial_outs_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dial_outs" ADD CONSTRAINT "dial_outs_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_conference_id_conferences_id_fk" FOREIGN KEY ("conference_id") REFERENCES "public"."conferences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_exceptions" ADD CONSTRAINT "series_exceptions_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dial_outs_person" ON "dial_outs" USING btree ("session_id","participant_id");--> statement-breakpoint
CREATE INDEX "dial_outs_call" ON "dial_outs" USING btree ("call_sid");--> statement-breakpoint
CREATE UNIQUE INDEX "series_number" ON "series" USING btree ("conference_id","number") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "series_conference" ON "series" USING btree ("conference_id","finished_at");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conferences_calendar" ON "conferences" USING btree ("calendar_token");--> statement-breakpoint
CREATE INDEX "messages_series" ON "messages" USING btree ("series_id");
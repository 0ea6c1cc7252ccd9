ALTER TABLE "events" DROP CONSTRAINT "events_participant_id_participants_id_fk";
--> statement-breakpoint
DROP INDEX "call_legs_number";--> statement-breakpoint
DROP INDEX "call_legs_session";--> statement-breakpoint
DROP INDEX "events_session";--> statement-breakpoint
DROP INDEX "events_message";--> statement-breakpoint
CREATE INDEX "call_legs_session" ON "call_legs" USING btree ("session_id") WHERE session_id is not null;--> statement-breakpoint
CREATE INDEX "events_session" ON "events" USING btree ("session_id") WHERE session_id is not null;--> statement-breakpoint
CREATE INDEX "events_message" ON "events" USING btree ("message_id") WHERE message_id is not null;
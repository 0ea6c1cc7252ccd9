ALTER TABLE "call_legs" DROP CONSTRAINT "call_legs_conference_id_conferences_id_fk";
--> statement-breakpoint
ALTER TABLE "call_legs" DROP COLUMN "conference_id";--> statement-breakpoint
ALTER TABLE "call_legs" DROP COLUMN "label";--> statement-breakpoint
ALTER TABLE "phone_numbers" DROP COLUMN "approved_call_sid";
ALTER TABLE "voice_steps" DROP CONSTRAINT "voice_steps_call_sid_call_legs_call_sid_fk";--> statement-breakpoint
ALTER TABLE "voice_steps" DROP CONSTRAINT "voice_steps_call_sid_step_pk";--> statement-breakpoint
ALTER TABLE "alerts" DROP CONSTRAINT "alerts_call_sid_call_legs_call_sid_fk";--> statement-breakpoint
ALTER TABLE "call_legs" DROP CONSTRAINT "call_legs_pkey";--> statement-breakpoint
ALTER TABLE "call_legs" ADD COLUMN "id" bigint PRIMARY KEY NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "call_legs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
CREATE UNIQUE INDEX "call_legs_call" ON "call_legs" USING btree ("call_sid");--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_call_sid_call_legs_call_sid_fk" FOREIGN KEY ("call_sid") REFERENCES "public"."call_legs"("call_sid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voice_steps" ADD COLUMN "leg_id" bigint;--> statement-breakpoint
UPDATE "voice_steps" SET "leg_id" = "call_legs"."id" FROM "call_legs" WHERE "call_legs"."call_sid" = "voice_steps"."call_sid";--> statement-breakpoint
ALTER TABLE "voice_steps" ALTER COLUMN "leg_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "voice_steps" ADD CONSTRAINT "voice_steps_leg_id_step_pk" PRIMARY KEY("leg_id","step");--> statement-breakpoint
ALTER TABLE "voice_steps" ADD CONSTRAINT "voice_steps_leg_id_call_legs_id_fk" FOREIGN KEY ("leg_id") REFERENCES "public"."call_legs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voice_steps" DROP COLUMN "call_sid";

PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_call_legs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`call_sid` text NOT NULL,
	`team_id` text NOT NULL,
	`phone_number` text,
	`verdict` text,
	`stage` text NOT NULL,
	`step` integer NOT NULL,
	`tries_used` integer NOT NULL,
	`silent_rounds` integer NOT NULL,
	`participant_id` text,
	`session_id` text,
	`started_at` integer NOT NULL,
	`last_news_at` integer NOT NULL,
	`verified_at` integer,
	`admitted_at` integer,
	`ended_at` integer,
	`failure` text,
	`last_failure_at` integer,
	`dial_out_id` text,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_call_legs`("call_sid", "team_id", "phone_number", "verdict", "stage", "step", "tries_used", "silent_rounds", "participant_id", "session_id", "started_at", "last_news_at", "verified_at", "admitted_at", "ended_at", "failure", "last_failure_at", "dial_out_id") SELECT "call_sid", "team_id", "phone_number", "verdict", "stage", "step", "tries_used", "silent_rounds", "participant_id", "session_id", "started_at", "last_news_at", "verified_at", "admitted_at", "ended_at", "failure", "last_failure_at", "dial_out_id" FROM `call_legs` ORDER BY "started_at", "call_sid";--> statement-breakpoint
DROP TABLE `call_legs`;--> statement-breakpoint
ALTER TABLE `__new_call_legs` RENAME TO `call_legs`;--> statement-breakpoint
CREATE UNIQUE INDEX `call_legs_call` ON `call_legs` (`call_sid`);--> statement-breakpoint
CREATE INDEX `call_legs_open` ON `call_legs` (`last_news_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `call_legs_session` ON `call_legs` (`session_id`) WHERE session_id is not null;--> statement-breakpoint
CREATE INDEX `call_legs_ended` ON `call_legs` (`ended_at`) WHERE ended_at is not null;--> statement-breakpoint
CREATE TABLE `__new_voice_steps` (
	`leg_id` integer NOT NULL,
	`step` integer NOT NULL,
	`team_id` text NOT NULL,
	`answer` text,
	`lease_until` integer NOT NULL,
	PRIMARY KEY(`leg_id`, `step`),
	FOREIGN KEY (`leg_id`) REFERENCES `call_legs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_voice_steps`("leg_id", "step", "team_id", "answer", "lease_until") SELECT "call_legs"."id", "voice_steps"."step", "voice_steps"."team_id", "voice_steps"."answer", "voice_steps"."lease_until" FROM `voice_steps` INNER JOIN `call_legs` ON "call_legs"."call_sid" = "voice_steps"."call_sid" ORDER BY 1, 2;--> statement-breakpoint
DROP TABLE `voice_steps`;--> statement-breakpoint
ALTER TABLE `__new_voice_steps` RENAME TO `voice_steps`;--> statement-breakpoint
PRAGMA foreign_keys=ON;

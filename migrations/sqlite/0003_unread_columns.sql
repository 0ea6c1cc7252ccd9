PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_call_legs` (
	`call_sid` text PRIMARY KEY NOT NULL,
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
INSERT INTO `__new_call_legs`("call_sid", "team_id", "phone_number", "verdict", "stage", "step", "tries_used", "silent_rounds", "participant_id", "session_id", "started_at", "last_news_at", "verified_at", "admitted_at", "ended_at", "failure", "last_failure_at", "dial_out_id") SELECT "call_sid", "team_id", "phone_number", "verdict", "stage", "step", "tries_used", "silent_rounds", "participant_id", "session_id", "started_at", "last_news_at", "verified_at", "admitted_at", "ended_at", "failure", "last_failure_at", "dial_out_id" FROM `call_legs`;--> statement-breakpoint
DROP TABLE `call_legs`;--> statement-breakpoint
ALTER TABLE `__new_call_legs` RENAME TO `call_legs`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `call_legs_open` ON `call_legs` (`last_news_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `call_legs_number` ON `call_legs` (`phone_number`,`started_at`);--> statement-breakpoint
CREATE INDEX `call_legs_session` ON `call_legs` (`session_id`);--> statement-breakpoint
CREATE INDEX `call_legs_ended` ON `call_legs` (`ended_at`) WHERE ended_at is not null;--> statement-breakpoint
ALTER TABLE `phone_numbers` DROP COLUMN `approved_call_sid`;
CREATE TABLE `answers` (
	`series_id` text NOT NULL,
	`team_id` text NOT NULL,
	`participant_id` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`series_id`, `participant_id`),
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `dial_outs` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`session_id` text NOT NULL,
	`participant_id` text NOT NULL,
	`position` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`attempts_before` integer NOT NULL,
	`call_sid` text,
	`uncertain_since` integer,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dial_outs_person` ON `dial_outs` (`session_id`,`participant_id`);--> statement-breakpoint
CREATE INDEX `dial_outs_call` ON `dial_outs` (`call_sid`);--> statement-breakpoint
CREATE TABLE `series` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`conference_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`notes` text NOT NULL,
	`starts_local` text NOT NULL,
	`zone` text NOT NULL,
	`minutes` integer NOT NULL,
	`rule` text,
	`until_day` text,
	`invitee_ids` text,
	`channel_reminder_minutes` integer,
	`personal_reminder_minutes` integer,
	`calls_everyone` integer NOT NULL,
	`sequence` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer,
	`handled_until` integer NOT NULL,
	`cancelled_at` integer,
	`finished_at` integer,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `series_number` ON `series` (`conference_id`,`number`) WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX `series_conference` ON `series` (`conference_id`,`finished_at`);--> statement-breakpoint
CREATE TABLE `series_exceptions` (
	`series_id` text NOT NULL,
	`team_id` text NOT NULL,
	`day` text NOT NULL,
	`is_cancelled` integer NOT NULL,
	`title` text,
	`notes` text,
	`starts_local` text,
	`minutes` integer,
	PRIMARY KEY(`series_id`, `day`),
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `call_legs` ADD `dial_out_id` text;--> statement-breakpoint
ALTER TABLE `conferences` ADD `entry` text DEFAULT 'anytime' NOT NULL;--> statement-breakpoint
ALTER TABLE `conferences` ADD `early_minutes` integer DEFAULT 15 NOT NULL;--> statement-breakpoint
ALTER TABLE `conferences` ADD `calendar_token` text;--> statement-breakpoint
CREATE UNIQUE INDEX `conferences_calendar` ON `conferences` (`calendar_token`);--> statement-breakpoint
ALTER TABLE `lines` ADD `time_zone_data` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `series_id` text REFERENCES series(id);--> statement-breakpoint
ALTER TABLE `messages` ADD `day` text;--> statement-breakpoint
CREATE INDEX `messages_series` ON `messages` (`series_id`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `series_id` text REFERENCES series(id);--> statement-breakpoint
ALTER TABLE `sessions` ADD `day` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `expected_until` integer;
CREATE TABLE `alerts` (
	`message_id` text NOT NULL,
	`team_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`conference_id` text,
	`participant_id` text,
	`call_sid` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`channel_id`, `call_sid`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`call_sid`) REFERENCES `call_legs`(`call_sid`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `alerts_message` ON `alerts` (`message_id`);--> statement-breakpoint
CREATE INDEX `alerts_channel` ON `alerts` (`channel_id`,`at`);--> statement-breakpoint
CREATE INDEX `alerts_call` ON `alerts` (`call_sid`);--> statement-breakpoint
CREATE TABLE `call_legs` (
	`call_sid` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`phone_number` text,
	`verdict` text,
	`stage` text NOT NULL,
	`step` integer NOT NULL,
	`tries_used` integer NOT NULL,
	`silent_rounds` integer NOT NULL,
	`conference_id` text,
	`participant_id` text,
	`session_id` text,
	`label` text,
	`started_at` integer NOT NULL,
	`last_news_at` integer NOT NULL,
	`verified_at` integer,
	`admitted_at` integer,
	`ended_at` integer,
	`failure` text,
	`last_failure_at` integer,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `call_legs_open` ON `call_legs` (`last_news_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `call_legs_number` ON `call_legs` (`phone_number`,`started_at`);--> statement-breakpoint
CREATE INDEX `call_legs_session` ON `call_legs` (`session_id`);--> statement-breakpoint
CREATE TABLE `conferences` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`title` text NOT NULL,
	`grace_seconds` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conferences_channel` ON `conferences` (`team_id`,`channel_id`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`conference_id` text,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`actor_user_id` text,
	`participant_id` text,
	`call_sid` text,
	`session_id` text,
	`message_id` text,
	`detail` text NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_conference` ON `events` (`conference_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_session` ON `events` (`session_id`);--> statement-breakpoint
CREATE INDEX `events_message` ON `events` (`message_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`key` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`run_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`run_at`);--> statement-breakpoint
CREATE TABLE `lanes` (
	`lane` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`next_at` integer NOT NULL,
	`lease_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lines` (
	`team_id` text PRIMARY KEY NOT NULL,
	`alerts_channel_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lockouts` (
	`team_id` text NOT NULL,
	`conference_id` text NOT NULL,
	`phone_number` text NOT NULL,
	`failures` integer NOT NULL,
	`locked_until` integer,
	PRIMARY KEY(`conference_id`, `phone_number`),
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lockouts_number` ON `lockouts` (`phone_number`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`kind` text NOT NULL,
	`session_id` text,
	`created_at` integer NOT NULL,
	`revision` integer NOT NULL,
	`shown_revision` integer NOT NULL,
	`uncertain_since` integer,
	`ts` text,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `messages_session` ON `messages` (`session_id`);--> statement-breakpoint
CREATE INDEX `messages_waiting` ON `messages` (`channel_id`,`kind`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`lane` text NOT NULL,
	`urgency` integer NOT NULL,
	`effect` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`parked_reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe` ON `outbox` (`dedupe_key`) WHERE parked_reason is null;--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`lane`,`run_at`) WHERE parked_reason is null;--> statement-breakpoint
CREATE TABLE `participants` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`conference_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`slack_user_id` text,
	`role` text NOT NULL,
	`phone_number` text,
	`added_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `participants_number` ON `participants` (`conference_id`,`phone_number`) WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `participants_user` ON `participants` (`conference_id`,`slack_user_id`) WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX `participants_caller` ON `participants` (`phone_number`,`team_id`) WHERE removed_at is null;--> statement-breakpoint
CREATE TABLE `phone_numbers` (
	`team_id` text NOT NULL,
	`phone_number` text NOT NULL,
	`verification_sid` text,
	`verification_started_at` integer,
	`checks` integer DEFAULT 0 NOT NULL,
	`approved_sid` text,
	`approved_call_sid` text,
	`texts_sent_at` text NOT NULL,
	`send_is_uncertain` integer DEFAULT false NOT NULL,
	`busy_with` text,
	`busy_until` integer,
	PRIMARY KEY(`team_id`, `phone_number`)
);
--> statement-breakpoint
CREATE TABLE `room_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`session_id` text NOT NULL,
	`conference_sid` text NOT NULL,
	`sequence_number` integer,
	`kind` text NOT NULL,
	`call_sid` text,
	`muted` integer,
	`on_hold` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `room_events_natural_key` ON `room_events` (`conference_sid`,`sequence_number`);--> statement-breakpoint
CREATE INDEX `room_events_session` ON `room_events` (`session_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`conference_id` text NOT NULL,
	`name` text NOT NULL,
	`opened_at` integer NOT NULL,
	`started_at` integer,
	`grace_until` integer,
	`ended_at` integer,
	`end_reason` text,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_name` ON `sessions` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_open` ON `sessions` (`conference_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `slack_requests` (
	`key` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `voice_steps` (
	`call_sid` text NOT NULL,
	`step` integer NOT NULL,
	`team_id` text NOT NULL,
	`answer` text,
	`lease_until` integer NOT NULL,
	PRIMARY KEY(`call_sid`, `step`),
	FOREIGN KEY (`call_sid`) REFERENCES `call_legs`(`call_sid`) ON UPDATE no action ON DELETE no action
);

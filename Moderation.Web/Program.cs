return await Moderation.Web.Commands.DeskCommandLine.RunAsync(args);

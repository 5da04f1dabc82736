using MudBlazor;

namespace Moderation.Web.Components.Layout;

/// <summary>MudBlazor's theme in the values of wwwroot-assets/css/theme.css.</summary>
internal static class DeskTheme
{
    private static readonly string[] _fonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2f5bd0",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1d2430",
            DrawerBackground = "#ffffff",
            DrawerText = "#1d2430",
            DrawerIcon = "#566070",
            TextPrimary = "#1d2430",
            TextSecondary = "#566070",
            LinesDefault = "#dfe3e8",
            Success = "#1c6b3a",
            Error = "#b3261e",
            Warning = "#7a5a00",
            Dark = "#1d2430",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8fb0ff",
            Background = "#13171e",
            Surface = "#1b2029",
            AppbarBackground = "#1b2029",
            AppbarText = "#e6e9ee",
            DrawerBackground = "#1b2029",
            DrawerText = "#e6e9ee",
            DrawerIcon = "#a4aebd",
            TextPrimary = "#e6e9ee",
            TextSecondary = "#a4aebd",
            LinesDefault = "#2c3440",
            Success = "#86d8a4",
            Error = "#ff9f97",
            Warning = "#f0cf6a",
            Dark = "#29303b",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = _fonts, FontSize = "14px", LineHeight = "20px", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = _fonts, FontSize = "14px", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { AppbarHeight = "48px", DrawerWidthLeft = "200px", DefaultBorderRadius = "6px" },
    };
}
